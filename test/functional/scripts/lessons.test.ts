import t from 'tap'
import { repetitions } from '../../../scripts/lessons/generated.ts'
import { wordsOf } from '../../../scripts/lessons/hints.ts'
import { lackingFiles } from '../../../scripts/lessons/lacking.ts'
import { courseProblems, lessonProblems } from '../../../scripts/lessons/look.ts'
import { voiceProblems } from '../../../scripts/lessons/voice.ts'
import { sayProblem } from '../../../scripts/problem.ts'
import { changed, madeUpCourse } from './made-up-lesson.ts'
import { problemsAre } from './problems-are.ts'

// What is looked at without running anything: a lesson that keeps every promise, and one promise broken at a time.

const readme = 'lessons/02-keys/README.md'
const exercise = 'lessons/02-keys/exercise.ts'
const proof = 'test/lessons/02-keys.test.ts'

function problemsOf(change?: Parameters<typeof madeUpCourse>[0]): string[] {
  const { course, lesson } = madeUpCourse(change)
  return lessonProblems(course, lesson).map(sayProblem)
}

t.test('the lesson that keeps every promise', async (t) => {
  t.same(problemsOf(), [])
})

const page = (from: string | RegExp, to: string) => changed(readme, from, to)
const added = (info: string, code: string) =>
  page('## Read on', `\`\`\`${info}\n${code}\n\`\`\`\n\n## Read on`)
const hint = (words: string) => page('What does', `${words} What does`)
const words = (count: number) => 'lock '.repeat(count)

const notThere = /exercise.ts: imports what is not there for the copy in my/

type Broken = Record<string, readonly [change: Record<string, string | undefined>, problem: RegExp]>

const broken: Broken = {
  // The code beside it.
  'no proof': [{ [proof]: undefined }, /^test\/lessons\/02-keys.test.ts: does not call prove/],
  'a proof of nothing': [{ [proof]: "import { prove } from './prove.ts'" }, /does not call prove/],
  'a neighbor imported': [changed(exercise, /$/, "import './check.ts'"), notThere],
  'a sibling imported': [changed(exercise, /$/, "export * from '../checks.ts'"), notThere],
  'a test imported': [changed(exercise, /$/, "import x from '../../test/x.ts'"), notThere],
  'a late import': [changed(exercise, /$/, "await import('../x.ts')"), notThere],
  'a first step that is taken': [changed(exercise, ' = undefined', " = 'yes'"), /has no "export/],
  'types that are hidden': [changed(exercise, /$/, '// @ts-nocheck'), /hides what TypeScript says/],
  // The shape of the page.
  'too long before the first step ends': [
    page('has a lock', words(300)),
    /shows 3\d\d words to the end of First step: at most 300/,
  ],
  'too long before the exercise ends': [
    page('Then `npm', `${words(600)} \`npm`),
    /shows 6\d\d words to the end of Your turn: at most 600/,
  ],
  'too long in all': [page('One more', words(740)), /shows \d\d\d words .* at most 750/],
  'a heading left out': [page('## Your turn', ''), /has What can go wrong where Your turn belongs/],
  'a heading renamed': [page('## Try it', '## Try'), /has Try where Try it belongs/],
  'a heading too many': [
    page('*Next', '## And more\n\n*Next'),
    /has And more where no heading belongs/,
  ],
  'two hints': [page(/<details><summary>Hint 2.*?<\/details>/s, ''), /folds 2 hints: three/],
  'no note': [page('When it passes', 'Afterwards'), /folds nothing to read "When it passes"/],
  'an empty note': [page('You opened it.', ''), /folds nothing to read "When it passes"/],
  'no copy named first': [page('my/02-keys', 'my/03-doors'), /my\/02-keys\/exercise.ts in First/],
  'no line named first': [page('`firstStep`', 'it'), /name `firstStep` in First step/],
  'no copy named': [page('copy in `my/02-keys', 'copy in `my/03'), /exercise.ts in Your turn/],
  'no check named': [page('learn check 2', 'learn check'), /name npm run learn check 2/],
  'a lesson needed that comes later': [
    page('needs: [1]', 'needs: [2]'),
    /needs lessons 2: name earlier ones/,
  ],
  'lesson 0 needed': [page('needs: [1]', 'needs: [0]'), /needs lessons 0:/],
  'a lesson needed twice': [
    page('needs: [1]', 'needs: [1, 1]'),
    /needs lessons 1, 1: .* each once/,
  ],
  // What it shows.
  'code of no file': [added('ts', 'x'), /looks at a fence ```ts: quote a file/],
  'a request': [added('http', 'GET /'), /```http/],
  'a fence that says nothing': [added('', 'x'), /looks at a fence ```: /],
  'the demo of another lesson': [
    added('console demo', '$ npm run learn demo 3'),
    /"npm run learn demo 3", which is not/,
  ],
  'another command': [added('console demo', '$ node demo.ts'), /runs "node demo.ts", which is not/],
  'an answer without a question': [
    added('console demo', 'opened'),
    /begins otherwise than "\$ npm/,
  ],
  'no demonstration': [page('```console demo', '```text'), /no ```console demo in Try it/],
  'a script that is not there': [added('sh', 'npm run lern'), /there is no npm run lern/],
  'a test that is not there': [
    added('sh', 'npm ci && npx tap test/b.test.ts'),
    /no test\/b.test.ts/,
  ],
  'a function that is not there': [hint('See `verifyLock(lock)`.'), /speaks of `verifyLock`/],
  'a method that is not there': [hint('See `lock.turnTwice`.'), /speaks of `turnTwice`/],
  'a name with a number': [hint('See `turn64Times`.'), /speaks of `turn64Times`/],
  'a name of another lesson': [hint('See `turnKnob`.'), /speaks of `turnKnob` in hint 2/],
  'a file that is not there': [hint('See `exercises.ts`.'), /speaks of `exercises.ts`/],
  'a path that is not there': [hint('See `example/token/keys.ts`.'), /no example\/token\/keys.ts/],
  'another code than it quotes': [
    page('const key = 1', 'const key = 2'),
    /key.ts reads differently/,
  ],
  'a link that leads nowhere': [page('## Read on', '## Read on\n[x](x.md)'), /x.md leads nowhere/],
  'what nobody should say': [page('One more', 'It is just one more'), /:\d+: says "just"/],
}
for (const [what, [change, problem]] of Object.entries(broken))
  t.test(`${what}: a problem`, async (t) => {
    t.match(problemsOf(change).join('\n'), problem)
  })

t.test('what a lesson may show besides', async (t) => {
  const fine = {
    'an answer to compare': added('console', '$ curl http://localhost:1337/health'),
    'a drawing': added('text', '+--+'),
    'its demo, with arguments': added('console demo', '$ npm run learn demo 02 a "b c"'),
    'a demo that needs a browser': added('console demo chromium', '$ npm run learn demo 2'),
    'what to type': added(
      'sh',
      '# first this\nnpm ci && npm test\nPORT=1338 A_B= npm start   # on another port\nnode -p "1 + 1"',
    ),
    'names of the exercise, of packages, of files, of commands': hint(
      "`createHmac('sha512', key)`, `node:crypto`, `jose`, `x => lock.turn(x)`, `401`, `eyJhbGciOiJ`, `exercise.ts`, `npm run learn`",
    ),
    'names that are no hint': page('You opened it', '`verifyLock` opened it'),
    'as many folded words as it likes': page('You opened it.', words(800)),
    'as much of a drawing': page('flowchart LR', words(800)),
    'a proof with a type': { [proof]: 'prove<Lesson>(t, {})' },
  }
  for (const [what, change] of Object.entries(fine)) t.same(problemsOf(change), [], what)
})

t.test('a word more than a page may show is one too many', async (t) => {
  const longer = (count: number) => problemsOf(page('has a lock', words(count)))
  const room = 700 - Number(/shows (\d+)/.exec(longer(400).join())?.[1])
  t.same(longer(room), [])
  t.equal(longer(room + 1).length, 1)
})

t.test('a page that has lost the table of the lessons', async (t) => {
  const { course } = madeUpCourse({ 'lessons/README.md': '# The course\n' })
  const problems = courseProblems(course).map(sayProblem)
  t.ok(problems.includes('lessons/README.md: has no table of the lessons'))
})

t.test('a folder that lacks one of the five files is named, and the file', async (t) => {
  const all = ['README.md', 'check.ts', 'demo.ts', 'exercise.ts', 'solution.ts']
  const paths = all.map((name) => `lessons/02-keys/${name}`)
  t.same(lackingFiles([...paths, 'lessons/run.ts', 'lessons/session-store/disk.ts']), [])
  for (const path of paths) {
    const problems = lackingFiles(paths.filter((other) => other !== path)).map(sayProblem)
    t.same(problems, [`${path}: is not there, and every lesson has one`])
  }
})

t.test('what stands in a comment is no name', async (t) => {
  t.same(wordsOf('ab /* cd\n */ ef // gh'), ['ab', 'ef'])
  t.same(wordsOf("'https://ab'"), ['https', 'ab'])
})

t.test('voice', async (t) => {
  const fine = [
    '`just` ``simply!`` a != b, [justice](easy.md) <https://example.org/easy!>',
    '> The RFC says: of course!',
    '```text\nobviously!\n```',
    'Adjust the easel. ![A picture](just.png)',
  ]
  t.same(voiceProblems('a.md', fine.join('\n\n')), [], 'code, links, quotations, other words')
  const unwelcome = 'simply|Just|easy|easily|obviously|of course|of\ncourse|Open!|"Open!"|**Open!**'
  for (const words of unwelcome.split('|')) {
    const problems = voiceProblems('a.md', `One.\n\nIt is ${words} it.`).map(sayProblem)
    t.match(problems.join(), /^a.md:3: says "[^\n]*$/, words)
  }
})

t.test('what concerns all lessons together', async (t) => {
  const problems = (change?: Record<string, string>) =>
    courseProblems(madeUpCourse(change).course).map(sayProblem)
  const gap = 'lessons/02-keys: is where lesson 1 belongs: leave no gaps'
  problemsAre(t, problems(), [gap])
  problemsAre(t, problems({ 'lessons/NOTES.md': 'This is easy.' }), [
    gap,
    /^lessons\/NOTES.md:1: says "easy"/,
  ])
  problemsAre(t, problems(changed('lessons/README.md', '| 20 |', '| 25 |')), [
    gap,
    /^lessons\/README.md:3: disagrees with the lessons, .* --write: \| 2 \| \[Keys and locks\]/,
  ])
  problemsAre(t, problems(changed(readme, '# 2. Keys', '# 3. Keys')), [
    gap,
    /^lessons\/02-keys\/README.md:9: disagrees with the lessons, .*: # 2\. Keys and locks$/,
  ])
})

t.test('what documents repeat of the lessons is written anew', async (t) => {
  const { course, lesson } = madeUpCourse()
  t.same(repetitions(course), [], 'unless it is right')

  const doors = {
    ...lesson,
    number: 3,
    slug: '03-doors',
    title: 'Doors',
    goal: 'use [b](b.md).',
    needs: [1, 2],
  }
  const files = {
    ...course.files,
    read: (file: string) => course.files.read(file).replace('1 -->', '1["1. Locks"] -->'),
  }
  const written = repetitions({ ...course, files, lessons: [lesson, doors] })
  const wanted = Object.fromEntries(written.map(({ file, wanted }) => [file, wanted]))
  t.match(
    wanted['README.md'],
    /\| 20 \| 1 \|\n\| 3 \| \[Doors\]\(lessons\/03-doors\/README.md\) \| use b\. \| 20 \| 1, 2 \|\n$/,
  )
  t.match(
    wanted['lessons/README.md'],
    /\n {2}1 --> 2\["2. Keys"\]\n {2}1 & 2 --> 3\["3. Doors"\]\n```\n/,
  )
  t.match(wanted[readme], /\n\n\*Next: \[3. Doors\]\(..\/03-doors\/README.md\)\*\n$/)
  t.match(wanted['lessons/03-doors/README.md'], /^\n\n\*Next: \[the map/)
})
