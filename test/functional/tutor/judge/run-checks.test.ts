import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { runChecksApart } from '../../../../tutor/judge/run-checks.ts'
import { environment } from '../../../support/environment.ts'
import { isAlive } from '../../../support/is-alive.ts'
import { madeUpCourse } from '../made-up-course.ts'

const names = ['nothing stays nothing', 'doubles a number', 'doubles what is below zero']
const solution = 'lessons/01-begin/solution.ts'
const checks = 'lessons/01-begin/check.ts'

const right = 'export const double = (n: number) => n * 2\n'
const never = 'await new Promise((resolve) => setTimeout(resolve, 1_000_000))'

/** Runs the checks on an exercise that has this above its right answer. */
async function run(
  t: Test,
  above: string,
  {
    answer = right,
    seconds = 1000,
    loadingSeconds = 1000,
    mostMegabytes = 200,
    files = {},
    signal = undefined as AbortSignal | undefined,
  } = {},
) {
  const exercise = `${above}\n${answer}`
  const root = madeUpCourse(t, { 'my/01-begin/exercise.ts': exercise, ...files })
  const started = runChecksApart({
    checkFile: join(root, checks),
    solutionFile: join(root, solution),
    attemptFile: join(root, 'my/01-begin/exercise.ts'),
    seconds,
    loadingSeconds,
    mostMegabytes,
    signal,
  })
  return { root, ...(await started) }
}

/** An answer that does this in every check. */
const inside = (code: string) => `export function double(n: number) {\n${code}\nreturn n * 2 }\n`

const noteDown = `import { spawn } from 'node:child_process'
  import { writeFileSync } from 'node:fs'
  const note = (pid?: number) => writeFileSync(new URL('pid', import.meta.url), String(pid))\n`
const notedIn = (root: string) => Number(readFileSync(join(root, 'my/01-begin/pid'), 'utf8'))

t.test('all checks run, in their order, and what is printed is kept', async (t) => {
  environment(t, { LEARNERS_OWN: 'setting', REDIS_URL: 'redis:', SystemRoot: 'C:\\Windows' })
  const { results, ended, printed } = await run(
    t,
    `console.log('one\\ntwo')
     const { LEARNERS_OWN, NO_COLOR, REDIS_URL, SystemRoot } = process.env
     console.log(LEARNERS_OWN, NO_COLOR, REDIS_URL, SystemRoot)`,
  )
  t.same(
    results,
    names.map((name) => ({ name })),
  )
  t.same(ended, { how: 'finished' })
  t.equal(
    printed,
    'one\ntwo\nundefined 1 redis: C:\\Windows\n',
    'of the settings only what is needed',
  )
})

t.test('a handler that throws where nobody catches is told with the request it had', async (t) => {
  const exchange = new URL('../../../../lessons/exchange.ts', import.meta.url)
  const asks = `import { serving } from '${exchange}'
    export default { asks: ({ double }) => serving(double, (ask) => ask({ path: '/later' })) }`
  const answer = "export const double = () => setImmediate(() => { throw new Error('later') })"
  const { ended } = await run(t, '', { answer, files: { [checks]: asks } })
  t.match(ended, {
    how: 'uncaught',
    failure: { said: 'it threw Error: later', exchange: { request: { path: '/later' } } },
  })
})

t.test('every check runs, whether or not the one before it passed', async (t) => {
  const { results, ended } = await run(t, '', { answer: inside('if (n === 2) return 2') })
  t.same(
    results.map(({ failure }) => failure?.said),
    [undefined, 'double(2)', undefined],
  )
  t.same(ended, { how: 'finished' })
})

t.test('nothing that the exercise writes or replaces changes a verdict', async (t) => {
  const ending = '{"kind":"ended","ended":{"how":"finished"}}'
  const { results, ended } = await run(
    t,
    `import { existsSync, readFileSync, writeSync } from 'node:fs'
     for (const out of [1, 2, 3]) writeSync(out, '\\n${ending}\\nnull\\n{\\n')
     const words = process.argv.concat(Object.values(process.env).map(String))
     for (const word of words) writeSync(3, word + '${ending}\\n')
     const own = '/proc/self/cmdline'
     const secret = existsSync(own) ? readFileSync(own, 'utf8').split('\\0') : []
     writeSync(3, secret.find((word) => word.length === 36) + '{\\n') // a line that is no message
     JSON.stringify = () => 'x'
     process.exit = (() => {}) as typeof process.exit
     setInterval(() => {}, 10)
     process.stdout.destroy()
     console.log = () => { throw 1 }
     process.chdir('/')
     process.env.PATH = ''
     process.argv.length = 0`,
  )
  t.same(
    results.map(({ name }) => name),
    names,
  )
  t.same(ended, { how: 'finished' })
})

t.test('what the exercise has started ends with the checks', async (t) => {
  const { root, ended, printed } = await run(
    t,
    `${noteDown}
     import { createServer } from 'node:http'
     createServer().listen(0)
     setInterval(() => {}, 10)
     process.on('exit', () => { for (;;) {} })
     note(spawn('sleep', ['1000'], { stdio: 'inherit' }).pid)
     for (let i = 0; i < 20; i += 1) console.log('x'.repeat(1_000_000))`,
  )
  t.same(ended, { how: 'finished' })
  t.equal(isAlive(notedIn(root)), false)
  t.equal(printed, 'x'.repeat(4000), 'and of many million characters the beginning is kept')
})

t.test('what left the group and holds the pipes is not waited for', async (t) => {
  const leave = (then: string) => `${noteDown}
    const child = spawn('sleep', ['1000'], { detached: true, stdio: ['ignore', 1, 2, 3] })
    child.unref()
    note(child.pid)
    ${then}`
  t.test('when the exercise was killed', async (t) => {
    const { root, ended } = await run(t, leave("process.kill(process.pid, 'SIGKILL')"))
    process.kill(notedIn(root))
    t.same(ended, { how: 'killed' })
  })
  t.test('when the time is over', async (t) => {
    const { root, ended } = await run(t, leave(never), { seconds: 3 })
    process.kill(notedIn(root))
    t.same(ended, { how: 'late', seconds: 3 })
  })
})

t.test('the time', async (t) => {
  const wait = (milliseconds: number) =>
    `await new Promise((resolve) => setTimeout(resolve, ${milliseconds}))`
  const check = `async one() { ${wait(1600)} }, async two() { ${wait(1600)} }`
  t.test('begins when the files of the lesson are there, and anew for each check', async (t) => {
    const files = { [checks]: `${wait(3200)}\nexport default { ${check} }` }
    t.same((await run(t, '', { seconds: 3, files })).ended, { how: 'finished' })
  })
  t.test('comes to an end, also where the files of the lesson do not load', async (t) => {
    const { ended } = await run(t, '', { loadingSeconds: 0.5, files: { [checks]: never } })
    t.same(ended, { how: 'slow', seconds: 0.5 })
  })
  t.test('comes to an end in a loop of one check, which is named', async (t) => {
    const { ended, running } = await run(t, '', { answer: inside('for (;;) {}'), seconds: 2 })
    t.same(ended, { how: 'late', seconds: 2 })
    t.equal(running, names[0])
  })
})

t.test('how it ended', async (t) => {
  const cases: Record<
    string,
    readonly [exercise: string, ended: object, running?: string | undefined]
  > = {
    'it threw when it was loaded: assert cannot be replaced': [
      `import assert from 'node:assert'\nassert.strict.equal = () => {}\n${right}`,
      { how: 'load', failure: { said: /^it threw TypeError: / } },
    ],
    'it waits for nothing': [`await new Promise(() => {})\n${right}`, { how: 'waits' }],
    'it ended the process': [
      inside('if (n < 0) process.exit(255)'),
      { how: 'exit', code: 255 },
      names[2],
    ],
    'with one that a shell gives for SIGABRT': ['process.exit(134)', { how: 'killed' }],
    'with one that a shell gives for SIGKILL': ['process.exit(137)', { how: 'killed' }],
    'it threw where nobody catches': [
      "process.nextTick(() => { throw new Error('later') })\nawait new Promise(setImmediate)",
      { how: 'uncaught', failure: { said: 'it threw Error: later' } },
    ],
    'it rejected where nobody catches, in its last call': [
      inside("if (n === -3) void Promise.reject(new Error('later'))"),
      { how: 'uncaught' },
    ],
    'it does not export what is asked for': [
      'export const dubble = 2',
      { how: 'names', missing: ['default', 'double'] },
    ],
    'it used up the memory of JavaScript': [
      inside('for (const all = [] as unknown[]; ; ) all.push(new Array(100_000).fill(n))'),
      { how: 'killed' },
      names[0],
    ],
    'it used up memory in another way': [
      inside(`const all = Array.from({ length: 12 }, () => Buffer.alloc(20_000_000, 1))
        for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, all.length * 1000)`),
      { how: 'killed' },
      names[0],
    ],
  }
  for (const [what, [answer, how, checking]] of Object.entries(cases))
    t.test(what, async (t) => {
      const files = what.includes('export') ? { [solution]: `${right}export default 1` } : {}
      const { ended, running } = await run(t, '', { answer, files })
      t.match(ended, how)
      t.equal(running, checking)
    })
  t.test('it replaced what the checks stand on', async (t) => {
    const { ended, results } = await run(t, 'Object.entries = (() => []) as never')
    t.same([ended, results], [{ how: 'finished' }, []])
  })
  t.test('the files of the lesson are damaged', async (t) => {
    const { ended } = await run(t, '', { files: { [checks]: 'throw new Error()' } })
    t.equal(ended.how, 'lesson')
    t.same((await run(t, '', { files: { [checks]: 'export {}' } })).names, [])
  })
})

t.test('checks that are called off', async (t) => {
  t.test('before they begin: nothing runs', async (t) => {
    const above = `${noteDown}note()`
    const { root, ended } = await run(t, above, { signal: AbortSignal.abort() })
    t.same(ended, { how: 'killed' })
    t.notOk(existsSync(join(root, 'my/01-begin/pid')))
  })
  t.test('while they run: they end at once, however much time they had', async (t) => {
    const calledOff = new AbortController()
    setImmediate(() => calledOff.abort())
    const { ended } = await run(t, 'for (;;) {}', { signal: calledOff.signal })
    t.same(ended, { how: 'killed' })
  })
})
