import t from 'tap'
import { repetitions } from '../../../scripts/lessons/generated.ts'
import { builtinNames, wordsOf } from '../../../scripts/lessons/hints.ts'
import { courseProblems, lessonProblems } from '../../../scripts/lessons/look.ts'
import { voiceProblems } from '../../../scripts/lessons/voice.ts'
import { sayProblem } from '../../../scripts/problem.ts'
import { changed, madeUpCourse } from './made-up-lesson.ts'

// What is looked at without running anything: a lesson that keeps every promise, and one promise broken at a time.

const readme = 'lessons/02-keys/README.md'
const exercise = 'lessons/02-keys/exercise.ts'
const proof = 'test/lessons/02-keys.test.ts'

function problemsOf(change?: Parameters<typeof madeUpCourse>[0]): string[] {
  const { course, folder } = madeUpCourse(change)
  return lessonProblems(course, folder).map(sayProblem)
}

t.test('the lesson that keeps every promise', async (t) => {
  t.same(problemsOf(), [])
  t.same(courseProblems(madeUpCourse().course).map(sayProblem).slice(1), [])
})

const page = (from: string | RegExp, to: string) => changed(readme, from, to)
const added = (info: string, code: string) =>
  page('## Read on', `\`\`\`${info}\n${code}\n\`\`\`\n\n## Read on`)
const hint = (words: string) => page('What does', `${words} What does`)
const words = (count: number) => 'lock '.repeat(count)

type Broken = Record<string, readonly [change: Record<string, string | undefined>, problem: RegExp]>

const broken: Broken = {
  // The folder, and the code in it.
  'no demo': [{ 'lessons/02-keys/demo.ts': undefined }, /has no demo.ts/],
  'a file too many': [
    { 'lessons/02-keys/notes.md': '' },
    /holds notes.md: what lessons share goes/,
  ],
  'no proof': [{ [proof]: undefined }, /^test\/lessons\/02-keys.test.ts: does not call prove/],
  'a proof of nothing': [{ [proof]: "import { prove } from './prove.ts'" }, /does not call prove/],
  'nothing to do': [changed(exercise, 'TODO: turn', 'turn'), /has 0 comments "\/\/ TODO/],
  'nothing said': [changed(exercise, 'TODO: turn it.', 'TODO:'), /has 0 comments/],
  'three things to do': [changed(exercise, /$/, '// TODO: a\n'.repeat(2)), /has 3 comments/],
  'no first step': [changed(exercise, 'firstStep', 'first'), /no "export const firstStep: …/],
  'a first step far below': [
    changed(exercise, 'import', `${'\n'.repeat(12)}import`),
    /no "export const/,
  ],
  'no first comment': [changed(exercise, /^.*\n/, ''), /begins without a comment/],
  'types hidden': [changed(exercise, /$/, '// @ts-ignore\n'), /hides what TypeScript says/],
  'a neighbor': [changed(exercise, /$/, "import './check.ts'"), /imports .\/check.ts/],
  'a sibling': [changed(exercise, /$/, 'export * from "../checks.ts"'), /imports ..\/checks.ts/],
  'a test imported': [changed(exercise, /$/, "import x from '../../test/x.ts'"), /..\/..\/test/],
  'a late import': [changed(exercise, /$/, "await import('../x.ts')"), /imports ..\/x.ts/],
  // The shape of the page.
  'too short': [page(/## What can go wrong.*?(?=## Read on)/s, ''), /has \d\d lines: .* 90 to 180/],
  'too long': [page('One more', '\n'.repeat(90)), /has 1\d\d lines/],
  'too long before the first step ends': [
    page('has a lock', words(300)),
    /shows 3\d\d words to the end of First step: at most 300/,
  ],
  'too long before the exercise ends': [
    page('Then `npm', `${words(600)} \`npm`),
    /shows 6\d\d words to the end of Your turn: at most 600/,
  ],
  'too long in all': [page('One more', words(740)), /shows \d\d\d words .* at most 750/],
  'a heading left out': [page('## Your turn', ''), /"What can go wrong" where "Your turn" belongs/],
  'a heading renamed': [page('## Try it', '## Try'), /"Try" where "Try it" belongs/],
  'a heading too many': [page('*Next', '## And more\n\n*Next'), /"And more" where "" belongs/],
  'two sentences as goal': [page('open a lock with', 'open. With'), /in one sentence/],
  'two hints': [page(/<details><summary>Hint 2.*?<\/details>/s, ''), /folds the hints "Hint 1/],
  'a hint of another name': [page('Hint 2: a question', 'Hint 2: the answer'), /the answer/],
  'hints elsewhere': [page('## Your turn', '## Your turn\n\n## Other'), /folds the hints ""/],
  'no note': [page('When it passes', 'Afterwards'), /0 notes "When it passes"/],
  'an empty note': [page('You opened it.', ''), /0 notes "When it passes"/],
  'one question': [page(/<details><summary>Question: May A.*?<\/details>/s, ''), /asks 1 quest/],
  'no question mark': [page('May Bob open it?', 'Bob opens it'), /no "Question: …\?"/],
  'an answer without a test': [page(/No \(\[test.*/, 'No.'), /Bob open it\?" without a link/],
  'a link that is no test': [page('functional/key.test.ts', 'security'), /without a link to the t/],
  'no copy named first': [page('my/02-keys', 'my/03-doors'), /my\/02-keys\/exercise.ts in First/],
  'no line named first': [page('`firstStep`', 'it'), /name `firstStep` in First step/],
  'no copy named': [page('copy in `my/02-keys', 'copy in `my/03'), /exercise.ts in Your turn/],
  'no check named': [page('learn check 2', 'learn check'), /name npm run learn check 2/],
  'no attack shown': [page(/\(\[test.*every-lock.*/, ''), /link one/],
  'one RFC section': [page('#appendix-A', ''), /links 1 RFC sections/],
  'the same section twice': [page('rfc7518#appendix-A', 'rfc7515#section-2'), /links 1 RFC/],
  'a lesson needed that comes later': [
    page('needs: [1]', 'needs: [2]'),
    /needs lesson 2: name ear/,
  ],
  'lesson 0 needed': [page('needs: [1]', 'needs: [0]'), /needs lesson 0/],
  'a lesson needed twice': [page('needs: [1]', 'needs: [1, 1]'), /needs lesson 1: .* each once/],
  // What it shows.
  'code of no file': [added('ts', 'x'), /looks at a fence ```ts: quote a file/],
  'a request': [added('http', 'GET /'), /```http/],
  'a fence that says nothing': [added('', 'x'), /looks at a fence ```: /],
  '16 lines': [added('ts file=a.ts', 'x\n'.repeat(16)), /16 lines of code: at most 15/],
  'four pieces of code': [
    page('## Read on', `${'```ts file=a.ts\n```\n'.repeat(3)}## Read on`),
    /quotes 4 pieces of code: at most 3/,
  ],
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
  'a command of others': [added('sh', 'curl http://localhost'), /nobody can vouch for "curl http:/],
  'a function that is not there': [hint('See `verifyLock(lock)`.'), /speaks of `verifyLock`/],
  'a method that is not there': [hint('See `lock.turnTwice`.'), /speaks of `turnTwice`/],
  'a name with a number': [hint('See `turn64Times`.'), /speaks of `turn64Times`/],
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
    'names of the exercise, of node, of files, of commands': hint(
      "`Buffer.from(lock, 'base64url')`, `node:crypto`, `timingSafeEqual`, `createHmac(lock).update(lock)`, `x => y.split('.')`, `401`, `eyJhbGciOiJ`, `exercise.ts`, `npm run learn`",
    ),
    'names that are no hint': page('You opened it', '`verifyLock` opened it'),
    'two things to do': changed(exercise, /$/, '// TODO: and this.\n'),
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

t.test('a page that cannot be read does not hide what else is wrong', async (t) => {
  const { course, folder } = madeUpCourse({ [proof]: '' })
  const problems = lessonProblems(course, { ...folder, lesson: 'no front matter' }).map(sayProblem)
  t.same(problems.length, 2)
  t.match(problems[1], /README.md: cannot be read: no front matter/)
})

t.test('names', async (t) => {
  t.same(wordsOf('ab /* cd\n */ ef // gh'), ['ab', 'ef'], 'what stands in a comment is none')
  t.ok(wordsOf("fetch('https://example.org')").includes('example'))
  for (const name of ['digest', 'toString', 'timingSafeEqual', 'satisfies', 'POST', 'Unauthorized'])
    t.ok(builtinNames().includes(name), name)
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
  const problems = (change?: Parameters<typeof madeUpCourse>[0], slug = '01-keys') => {
    const { course, folder } = madeUpCourse(change)
    return courseProblems({ ...course, folders: [{ ...folder, slug, number: 1 }] })
      .map(sayProblem)
      .join('\n')
  }
  t.equal(problems(), '')
  t.match(problems({}, '03-keys'), /^lessons\/03-keys: is where lesson 1 belongs/)
  t.match(problems({}, '00-keys'), /is where lesson 1 belongs/)
  for (const slug of ['1-keys', '01-Keys']) t.match(problems({}, slug), /is named otherwise/, slug)
  t.match(
    problems({ 'tsconfig.json': '{ "include": ["example"] }' }),
    /tsconfig.json: does not inc/,
  )
  t.match(problems({ 'lessons/NOTES.md': 'This is easy.' }), /lessons\/NOTES.md:1: says "easy"/)
  t.match(problems({ 'README.md': '# No table' }), /README.md: has no table of the lessons/)
  t.match(
    problems(changed('lessons/README.md', '| 20 |', '| 25 |')),
    /^lessons\/README.md:3: disagrees with the lessons, .* --write: \| 2 \| \[Keys and locks\]/,
  )
})

t.test('what documents repeat of the lessons is written anew', async (t) => {
  const { course, folder } = madeUpCourse()
  t.same(repetitions(course), [], 'unless it is right')

  const { lesson } = folder
  if (typeof lesson === 'string') throw new Error(lesson)
  const doors = {
    ...folder,
    lesson: {
      ...lesson,
      number: 3,
      slug: '03-doors',
      title: 'Doors',
      goal: 'use [b](b.md).',
      needs: [1, 2],
    },
  }
  const files = {
    ...course.files,
    read: (file: string) => course.files.read(file).replace('1 -->', '1["1. Locks"] -->'),
  }
  const written = repetitions({ ...course, files, folders: [folder, doors] })
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
  t.match(wanted['lessons/03-doors/README.md'], /^# 3. Doors\n|^\n\n\*Next: \[the map/m)
})
