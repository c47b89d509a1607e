import t from 'tap'
import { openCourse } from '../../../scripts/lessons/course.ts'
import { courseProblems, lessonProblems } from '../../../scripts/lessons/look.ts'
import { sayProblem } from '../../../scripts/problem.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { folder, pageText } from './made-up-lesson.ts'
import { problemsAre } from './problems-are.ts'

// The rules in their places: a repository with a lesson that cannot be read, and one that keeps every promise.

const table = `| | lesson | you can | minutes | needs |
| --- | --- | --- | --- | --- |
| 2 | [Keys and locks](02-keys/README.md) | open a lock with \`open\`, and say who else can | 20 | 1 |
`
const page = pageText.replace(/\*Next.*\n/, '')

function openWith(
  change: { readonly tsconfig?: string; readonly page?: string; readonly around?: string } = {},
) {
  const root = temporaryFolder(t, {
    'package.json': JSON.stringify({ scripts: { learn: '' }, dependencies: { valibot: '1' } }),
    'tsconfig.json': change.tsconfig ?? '{ "include": ["example", "lessons"] }',
    'README.md': table.replace('](', '](lessons/'),
    example: { token: { 'key.ts': 'const key = 1\n' } },
    lessons: {
      'README.md': `${table}\n${change.around ?? ''}\n`,
      '01-locks': { 'README.md': '# 1. Locks\n' },
      '02-keys': { ...folder().files, 'README.md': change.page ?? page },
      locks: { 'types.ts': 'export type Lock = { turn(how: string): void }\n' },
    },
    test: {
      functional: { 'key.test.ts': '' },
      security: { 'every-lock.test.ts': '' },
      lessons: { '02-keys.test.ts': 'prove(t, {})\n' },
    },
  })
  return openCourse(root)
}

function problemsOf(slug: string, course: ReturnType<typeof openCourse>): string[] {
  const found = course.folders.find((folder) => folder.slug === slug)
  return found === undefined ? ['no such folder'] : lessonProblems(course, found).map(sayProblem)
}

t.test('the lesson that keeps every promise', async (t) => {
  t.same(problemsOf('02-keys', openWith()), [])
})

t.test(
  'a page that cannot be read does not hide what else is wrong, nor the other lessons',
  async (t) => {
    const problems = problemsOf('01-locks', openWith()).join('\n')
    t.match(problems, /^lessons\/01-locks: has no check.ts/m)
    t.match(problems, /^test\/lessons\/01-locks.test.ts: is not there/m)
    t.match(
      problems,
      /^lessons\/01-locks\/README.md: cannot be read: it does not begin with front/m,
    )
  },
)

t.test('what concerns all lessons together', async (t) => {
  const problems = (...change: Parameters<typeof openWith>) =>
    courseProblems(openWith(...change)).map(sayProblem)

  t.same(problems(), [])
  problemsAre(t, problems({ tsconfig: '{ "include": ["example"] }' }), [
    /tsconfig.json: does not include/,
  ])
  problemsAre(t, problems({ around: 'This is easy.' }), [/lessons\/README.md:5: says "easy"/])
  problemsAre(t, problems({ around: '[x](nowhere.md)' }), [/nowhere.md leads nowhere/])
  problemsAre(t, problems({ around: '```mermaid\n1["1. A"] --> 3\n```' }), [
    /no arrow 1 --> 2/,
    /draws 1 --> 3/,
  ])
})

t.test('every kind of rule looks at a page', async (t) => {
  for (const [what, text, problem] of [
    ['its shape', page.replace('## Try it', '## Try'), /"## Try" where/],
    [
      'its needs',
      page.replace('needs: [1]', 'needs: [2]'),
      /needs lesson 2, which is not an earlier/,
    ],
    ['its fences', `${page}\`\`\`http\n\`\`\`\n`, /no machine looks at/],
    [
      'the names in its hints',
      page.replace('`createHmac`', '`createMac`'),
      /speaks of `createMac`/,
    ],
    ['the commands to type', `${page}\`\`\`sh\nmake\n\`\`\`\n`, /nobody can vouch for "make"/],
    ['its voice', `${page}It is just so.\n`, /says "just"/],
    ['its links', `${page}[x](nowhere.md)\n`, /nowhere.md leads nowhere/],
    ['its commands', `${page}npm run nothing\n`, /there is no npm run nothing/],
    ['what it quotes', page.replace('const key = 1', 'const key = 2'), /key.ts reads differently/],
    ['the tables', page.replace('minutes: 20', 'minutes: 25'), /disagrees with the lesson/],
  ] as const)
    t.test(`at ${what}`, async (t) => {
      t.match(problemsOf('02-keys', openWith({ page: text })).join('\n'), problem)
    })
})
