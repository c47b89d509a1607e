import t from 'tap'
import { sayProse } from '../../../../tutor/pages/prose.ts'

const lesson = { slug: '02-three-parts' }
const look = { columns: 40, colors: false }
const say = (markdown: string) => sayProse(markdown, lesson, look)

t.test('sayProse()', async (t) => {
  const cases: Record<string, readonly [markdown: string, said: string]> = {
    'a paragraph is filled to the width': [
      'One line,\nand another that is so long that it is broken.',
      '  One line, and another that is so long\n  that it is broken.',
    ],
    'paragraphs keep an empty line between': ['One.\n\nTwo.', '  One.\n\n  Two.'],
    'the items of a list hang behind their sign': [
      '- one that is long enough to be broken once\n- two',
      '  - one that is long enough to be\n    broken once\n  - two',
    ],
    'numbers too': ['1. one\n2. two', '  1. one\n  2. two'],
    'code keeps its ticks and its stars': ['See `a * b * c`.', '  See `a * b * c`.'],
    'bold and emphasized words lose their stars': ['**Never** *ever*.', '  Never ever.'],
    'a product of numbers is no emphasis': ['2 * 3 * 4', '  2 * 3 * 4'],
    'a link says where it leads, from the root': [
      'See [the app](../../example/token/json.ts).',
      '  See the app (example/token/json.ts).',
    ],
    'a link in brackets brings no brackets of its own': [
      'It is (see [the app](../../example/token/json.ts)).',
      '  It is (see the app,\n  example/token/json.ts).',
    ],
    'a link that is its own path is said once': [
      '[`example/token/json.ts`](../../example/token/json.ts)',
      '  example/token/json.ts',
    ],
    'a link to the exercise leads to the copy that the learner works on': [
      'Open [the exercise](exercise.ts).',
      '  Open my/02-three-parts/exercise.ts.',
    ],
    'a link to the web is kept': [
      '[RFC 1](https://rfc.example/1)',
      '  RFC 1 (https://rfc.example/1)',
    ],
    'a word of the glossary is a word': ['A [mac](../GLOSSARY.md#mac).', '  A mac.'],
    'a block of code keeps its lines': [
      'So:\n\n```ts\nif (a)\n  b()\n```\n\nDone.',
      '  So:\n\n    if (a)\n      b()\n\n  Done.',
    ],
    'a long line of code is broken, not cut': [
      '```\nconst alpha = beta(gamma, delta, epsilon)\n```',
      '    const alpha = beta(gamma, delta,\n      epsilon)',
    ],
    'stars and brackets in code are code': ['`a[0](b)` and `**c**`', '  `a[0](b)` and `**c**`'],
    'what a terminal would obey is written out': ['a\u0007b', '  a\\u0007b'],
  }
  for (const [what, [markdown, said]] of Object.entries(cases))
    t.test(what, async (t) => {
      t.equal(say(markdown), said)
    })

  t.test('where there are colors, code and bold words are colored instead', async (t) => {
    t.equal(
      sayProse('**a** `b` *c*', lesson, { ...look, colors: true }),
      '  \x1b[1ma\x1b[22m \x1b[36mb\x1b[39m c',
    )
  })
})
