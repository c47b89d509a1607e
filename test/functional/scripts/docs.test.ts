import t from 'tap'
import { commandProblems } from '../../../scripts/docs/commands.ts'
import { linkProblems } from '../../../scripts/docs/links.ts'
import { quoteProblems } from '../../../scripts/docs/quotes.ts'
import { sayProblem } from '../../../scripts/problem.ts'
import { sayDifference, stepsOf } from '../../../scripts/shown.ts'
import { problemsAre } from './problems-are.ts'

const texts: Readonly<Record<string, string>> = {
  'README.md': '# The top\n',
  'lessons/GLOSSARY.md': '## Claims\n\n## Key pair\n',
  'example/token/json.ts': 'one\n  two\n  three\nfour\n',
}
const files = {
  has: (path: string) => Object.hasOwn(texts, path),
  read: (path: string) => texts[path] ?? '',
}

t.test('links', async (t) => {
  const problems = (text: string) => linkProblems('lessons/README.md', text, files).map(sayProblem)

  t.test('that lead to a file, a heading or another site are fine', async (t) => {
    const links = ['../README.md', 'GLOSSARY.md#key-pair', 'https://example.org/x', 'mailto:a@b.c']
    t.same(problems(links.map((target) => `[x](${target})`).join(' ')), [])
    t.same(linkProblems('README.md', '[x](#the-top)', files), [])
  })
  t.test('that lead nowhere are named, with their line', async (t) => {
    t.same(problems('\n\n[x](../SECURITY.md)'), [
      'lessons/README.md:3: the link ../SECURITY.md leads nowhere',
    ])
    t.same(problems('[x](GLOSSARY.md#claim)'), [
      'lessons/README.md:1: lessons/GLOSSARY.md has no heading #claim',
    ])
  })
})

t.test('quoted files', async (t) => {
  const problems = (path: string, code: string) =>
    quoteProblems('a.md', `\`\`\`ts file=${path}\n${code}\n\`\`\`\n`, files).map(({ what }) => what)

  t.test('whole lines, one behind the other', async (t) => {
    t.same(problems('example/token/json.ts', '  two\n  three'), [])
    t.same(problems('example/token/json.ts', 'one'), [])
  })
  for (const [what, code] of Object.entries({
    'a line that is not there': 'two and a half',
    'half a line': '  thre',
    'a line without its margin': 'two',
    'lines with one left out': 'one\n  three',
  }))
    t.test(`${what}: a problem`, async (t) => {
      problemsAre(t, problems('example/token/json.ts', code), [/json\.ts reads differently/])
    })
  t.test('of a file that does not exist: a problem', async (t) => {
    problemsAre(t, problems('example/token/xml.ts', 'one'), [/xml\.ts, which does not exist/])
  })
})

t.test('commands', async (t) => {
  const known = { scripts: { learn: '', 'lessons:check': '' }, lessons: new Set([1, 2]), ...files }
  const problems = (text: string) => commandProblems('a.md', text, known).map(({ what }) => what)

  t.test('that exist are fine', async (t) => {
    const text = `Run npm run learn. \`npm run learn demo 2\`, \`npm run learn -- --plain\`, \`npm run learn check N\`,
      \`npm run lessons:check 1 2\`, \`example/token/json.ts\`, \`lessons/NN-slug/demo.ts\`, \`/private\`

\`\`\`sh
npm run learn demo 1 'an argument of its own' && npm run learn 2   # a comment
\`\`\`
`
    t.same(problems(text), [])
  })
  for (const [text, what] of Object.entries({
    'npm run learning': /there is no npm run learning/,
    '`npm run learn demonstrate 2`': /no command of the guide: Cannot understand "demonstrate"/,
    '`npm run learn check 3`': /there is no lesson 3/,
    '```console demo\n$ npm run learn demo 3\n```': /there is no lesson 3/,
    '`example/token/xml.ts`': /there is no example\/token\/xml.ts/,
    '`tutor/xml.ts`': /there is no tutor\/xml.ts/,
  }))
    t.test(`${text}: a problem`, async (t) => {
      problemsAre(t, problems(text), [what])
    })
})

t.test('terminal sessions', async (t) => {
  t.test('each $ begins a command, and what is below it is its answer', async (t) => {
    t.same(stepsOf('$ one\n\n  the answer\n\n$ two $ three\n'), [
      { command: 'one', shown: '  the answer' },
      { command: 'two $ three', shown: '' },
    ])
  })
  t.test('… stands for anything within a line', async (t) => {
    t.equal(sayDifference('at … (…)\nok.', 'at 12:00 (now)\nok.'), undefined)
    t.equal(sayDifference('one …', 'one '), undefined, 'and for nothing')
    t.match(sayDifference('one …', 'one \ntwo'), /^line 2 of the answer is not shown/)
  })
  t.test('spaces at the ends of lines, empty lines around and \\r are not compared', async (t) => {
    t.equal(sayDifference('\na\nb\n', 'a  \r\nb\r\n\r\n'), undefined)
  })
  for (const [what, shown, real, said] of [
    ['another line', 'a\nb', 'a\nc', 'line 2 shows "b", but "c" comes'],
    ['a sign of regular expressions', 'a.c', 'abc', 'line 1 shows "a.c", but "abc" comes'],
    ['a line too many', 'a\nb', 'a', 'shows a line 2 that does not come: b'],
    ['a line too few', 'a', 'a\nb', 'line 2 of the answer is not shown: b'],
    ['other spaces within', 'a  b', 'a b', 'line 1 shows "a  b", but "a b" comes'],
  ] as const)
    t.test(`${what}: a difference`, async (t) => {
      t.equal(sayDifference(shown, real), said)
    })
})
