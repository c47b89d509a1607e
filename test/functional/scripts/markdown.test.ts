import t from 'tap'
import {
  anchorsOf,
  codeSpansOf,
  fencesOf,
  headingsOf,
  linksOf,
  sectionOf,
  withoutCode,
  wordsShown,
} from '../../../scripts/markdown.ts'

const page = `# One

A \`span\`, [a link](a.md#b) and \`a [link](in/code.md)\`.

## Two \`code\`

\`\`\`ts file=x.ts
# no heading, [no link](no.md)
\`\`\`

### Three

\`\`\`\`text
\`\`\`
inside
\`\`\`
\`\`\`\`

## Two \`code\`

| a | b \\| c |
| --- | --- |

<details><summary>More?</summary>

Folded.

</details>
`

t.test(
  'fencesOf() gives info string, text and line, and looks through longer fences',
  async (t) => {
    t.same(fencesOf(page), [
      { info: 'ts file=x.ts', code: '# no heading, [no link](no.md)\n', line: 7 },
      { info: 'text', code: '```\ninside\n```\n', line: 13 },
    ])
    t.same(fencesOf('```\n```\n'), [{ info: '', code: '', line: 1 }])
  },
)

t.test('headingsOf(), linksOf() and codeSpansOf() leave out what stands in fences', async (t) => {
  const headings = headingsOf(page).map(({ level, text, line }) => [level, text, line])
  t.same(headings, [
    [1, 'One', 1],
    [2, 'Two `code`', 5],
    [3, 'Three', 11],
    [2, 'Two `code`', 19],
  ])
  t.same(linksOf(page), [{ target: 'a.md#b', line: 3 }])
  t.same(codeSpansOf(page), ['span', 'a [link](in/code.md)', 'code', 'code'])
})

t.test('code type may go over the end of a line, not over the end of a paragraph', async (t) => {
  t.same(codeSpansOf('`a\nb` `` c ` d ``'), ['a b', 'c ` d'])
  t.same(codeSpansOf('one ` two\n\nthree ` four'), [])
})

t.test('withoutCode() keeps the number of every line', async (t) => {
  const [before, after] = [page, withoutCode(page)].map((text) => text.split('\n'))
  t.equal(after?.length, before?.length)
  t.equal(after?.[20], '| a | b \\| c |')
})

t.test('anchorsOf() gives what GitHub makes of headings', async (t) => {
  t.same(anchorsOf(page), ['one', 'two-code', 'three', 'two-code-1'])
  t.same(anchorsOf('## What "signed out" *promises*, [here](x.md): §3.1'), [
    'what-signed-out-promises-here-31',
  ])
})

t.test('sectionOf() goes up to the next heading of its level', async (t) => {
  t.match(sectionOf(page, 'Two `code`'), /^\n```ts.*### Three.*inside.*\n$/s)
  t.equal(sectionOf(page, 'Three'), '')
  t.equal(sectionOf('## Last\n\nwords', 'Last'), '\nwords')
})

t.test('wordsShown() counts neither front matter nor fences, folded parts, targets', async (t) => {
  t.equal(wordsShown(page), 16)
  t.equal(wordsShown('---\ntitle: a b\n---\n\none — [two three](four five.md) | `a.b` |\n'), 4)
})
