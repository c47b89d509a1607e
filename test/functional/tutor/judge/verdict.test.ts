import { spawnSync } from 'node:child_process'
import t from 'tap'
import { beginAttempt } from '../../../../tutor/journey/attempt.ts'
import { judge, whatBroke } from '../../../../tutor/judge/verdict.ts'
import { until } from '../../../support/until.ts'
import { answer, exercise, lessonOf, madeUpCourse, write } from '../made-up-course.ts'

const file = 'my/01-begin/exercise.ts'
const right = 'export const double = (n: number): number => n * 2\n'
const inside = (code: string) => exercise.replace('return n //', `${code}\n  return n * 2 //`)
const endlessTypes = `type Grow<N extends unknown[], X> =
  N['length'] extends 40 ? X : Grow<[...N, 0], [X, 0]> | Grow<[...N, 0], [X, 1]>
export const grown: Grow<[], 0> = [0] as unknown as Grow<[], 0>
`
const ifBusy = 'If this machine is busy with other things, check once more.'
const ifOlder =
  'If your copy is older than the lesson, copy that line from lessons/01-begin/exercise.ts, or begin again, which keeps your attempt: npm run learn reset 1'
const first = '"nothing stays nothing"'

t.test('an exercise that', async (t) => {
  const root = madeUpCourse(t)
  const lesson = { ...lessonOf(root), seconds: 1000 }
  beginAttempt(root, lesson)

  t.test('is as it was shipped: fails', async (t) => {
    write(root, file, exercise)
    const verdict = await judge(root, lesson)
    t.equal(verdict.kind, 'failed')
  })
  t.test('is right: passes', async (t) => {
    write(root, file, answer)
    const names = ['nothing stays nothing', 'doubles a number', 'doubles what is below zero']
    const results = names.map((name) => ({ name }))
    t.same(await judge(root, lesson), { kind: 'passed', results, text: answer, printed: '' })
  })

  const types: Record<string, readonly [source: string, message: RegExp]> = {
    'does not type-check': [inside("return 'n'"), /^Type 'string' is not assignable/],
    'is no TypeScript': ['export function double(n: number) { return n *\n}\n', /expected\.$/],
    'imports what is not there': [`import './other.ts'\n${right}`, /^Cannot find module/],
    'does not type-check, and never ends': [`for (;;) {}\n${inside("return 'n'")}`, /^Type/],
  }
  for (const [what, [source, message]] of Object.entries(types))
    t.test(`${what}: the type problem`, async (t) => {
      write(root, file, source)
      const verdict = await judge(root, lesson)
      t.match(verdict.kind === 'types' && verdict.problems[0]?.message, message)
    })

  t.test('is no TypeScript: says so, and where to look', async (t) => {
    write(root, file, 'export function double(n: number) { return n *\n}\n')
    const said = `${file} cannot be read: something is wrong at or before line 2`
    t.hasStrict(await judge(root, lesson), { kind: 'types', said })
    write(root, file, inside("return 'n'"))
    t.notOk('said' in (await judge(root, lesson)), 'which is not said of a wrong type')
  })

  const broken: Record<string, readonly [source: string, said: string, seconds?: number]> = {
    'throws when it is loaded': [`throw new Error('no')\n${right}`, `${file} cannot be loaded.`],
    'does not end loading': [
      `while (Date.now() > 0) {}\n${right}`,
      `Loading ${file} did not end within 1 seconds. Look for a loop, or a wait, that does not end. ${ifBusy}`,
      1,
    ],
    'does not end in a check': [
      inside('while (Date.now() > 0) {}'),
      `The check ${first} did not end within 5 seconds. Look for a loop, or a wait, that does not end. ${ifBusy}`,
      5,
    ],
    'waits for nothing when it is loaded': [
      `await new Promise(() => {})\n${right}`,
      `Loading ${file} waits for something that never comes. Look for a promise that is never resolved.`,
    ],
    'ends the process': [
      inside('process.exit(0)'),
      `The exercise ended the process during the check ${first}, with exit code 0. Nothing in it should do that. To refuse is to throw.`,
    ],
    'ends the process when it is loaded': [
      `process.exit(3)\n${right}`,
      'The exercise ended the process, with exit code 3. Nothing in it should do that. To refuse is to throw.',
    ],
    'uses up the memory of JavaScript': [
      inside('for (const all = [] as unknown[]; ; ) all.push(new Array(1000).fill(n))'),
      `The process was killed during the check ${first}. Most often that means that the exercise used up the memory: look for a list that never stops growing.`,
    ],
    'uses up memory in another way': [
      inside('for (const all = [] as unknown[]; ; ) all.push(Buffer.alloc(10_000_000, 1))'),
      `The process was killed during the check ${first}. Most often that means that the exercise used up the memory: look for a list that never stops growing.`,
    ],
    'throws where nobody catches': [
      `${right}process.nextTick(() => { throw new Error('later') })\nawait new Promise(setImmediate)`,
      'Something in the exercise threw, and nobody caught it. Is an await missing?',
    ],
    'rejects where nobody catches, in its last call': [
      inside("if (n === -3) void Promise.reject(new Error('later'))"),
      'Something in the exercise threw, and nobody caught it. Is an await missing?',
    ],
    'replaces what the checks stand on': [
      `${right}Object.entries = (() => []) as never\n`,
      'Only 0 of 3 checks ran. Look for a line that replaces something of JavaScript itself, such as Object.entries.',
    ],
    'has types without end': [
      `${right}${endlessTypes}`,
      `The types did not end within 3 seconds. Look for a type that refers to itself. ${ifBusy}`,
      3,
    ],
    'does not export what is asked for': [
      'export const dubble = 2\n',
      `${file} does not export double: the checks ask for it by that name. ${ifOlder}`,
    ],
    'is empty': [
      '',
      `${file} does not export double: the checks ask for it by that name. ${ifOlder}`,
    ],
  }
  for (const [what, [source, said, seconds]] of Object.entries(broken))
    t.test(`${what}: one sentence, and the way out`, async (t) => {
      write(root, file, source)
      const verdict = await judge(root, { ...lesson, seconds: seconds ?? lesson.seconds })
      t.hasStrict(verdict, { kind: 'broken', said })
    })

  t.test('fails one check and breaks in a later one: the failed check comes first', async (t) => {
    write(root, file, inside('if (n === 0) return 1; if (n < 0) process.exit()'))
    const verdict = await judge(root, lesson)
    t.hasStrict(verdict, { kind: 'failed', results: [{ failure: { said: 'double(0)' } }] })
  })
  t.test('breaks: says what had passed until then', async (t) => {
    write(root, file, inside('if (n < 0) process.exit()'))
    t.hasStrict(await judge(root, lesson), {
      kind: 'broken',
      names: ['nothing stays nothing', 'doubles a number'],
    })
  })
})

t.test('a lesson that does not load in a minute is not the learner’s loop', async (t) => {
  const ended = { how: 'slow', seconds: 60 } as const
  const lesson = lessonOf(madeUpCourse(t))
  t.same(whatBroke({ ended, names: [], results: [], printed: '' }, file, lesson), {
    said: `The files of the lesson were not loaded within 60 seconds, which is not your doing. ${ifBusy}`,
  })
})

t.test('types have their time when the checks have ended, however late that is', async (t) => {
  const root = madeUpCourse(t, { [file]: right })
  beginAttempt(root, lessonOf(root))
  const busyFor = (milliseconds: number) => `while(performance.now()<${milliseconds}){}`
  write(root, 'lessons/01-begin/check.ts', `${busyFor(6000)}\nexport default { one() {} }`)
  const { NODE_OPTIONS = '' } = process.env // of the test runner
  process.env.NODE_OPTIONS = `--import=data:text/javascript,${busyFor(5500)}` // not for the checks
  t.teardown(() => Object.assign(process.env, { NODE_OPTIONS }))
  t.equal((await judge(root, { ...lessonOf(root), seconds: 5 })).kind, 'passed')
})

t.test('where TypeScript does not run, the exercise does not run on', async (t) => {
  const root = madeUpCourse(t, { [file]: `for (;;) {}\n${right}` })
  const { NODE_OPTIONS = '' } = process.env // of the test runner
  process.env.NODE_OPTIONS = '--no-such-option' // which the checks do not see
  t.teardown(() => Object.assign(process.env, { NODE_OPTIONS }))
  await t.rejects(judge(root, { ...lessonOf(root), seconds: 1000 }), { message: /npm ci$/ })
  const isRunning = () => spawnSync('ps', ['-A', '-ww', '-o', 'args=']).stdout.includes(root)
  await until(() => !isRunning(), 'the exercise to end', 5)
})

t.test('a default export that is missing is named so', async (t) => {
  const root = madeUpCourse(t, { [file]: right })
  write(root, 'lessons/01-begin/solution.ts', `${right}export default 1\n`)
  t.hasStrict(await judge(root, lessonOf(root)), {
    said: `${file} does not export a default (export default): the checks ask for it by that name. ${ifOlder}`,
  })
})

t.test('files of the lesson that are damaged are not the learner’s fault', async (t) => {
  const putBack = 'Put it back: git restore lessons/01-begin'
  for (const [name, text, said] of [
    ['check.ts', 'throw new Error()', `The files of the lesson cannot be loaded. ${putBack}`],
    ['check.ts', 'export default {}', `lessons/01-begin/check.ts holds no checks. ${putBack}`],
    ['check.ts', 'export {}', `lessons/01-begin/check.ts holds no checks. ${putBack}`],
    ['solution.ts', 'import "./gone.ts"', `The files of the lesson cannot be loaded. ${putBack}`],
  ] as const)
    t.test(`${name}: ${text}`, async (t) => {
      const root = madeUpCourse(t, { [file]: right })
      write(root, `lessons/01-begin/${name}`, text)
      t.hasStrict(await judge(root, lessonOf(root)), { kind: 'broken', said })
    })
})
