import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { runChecksApart } from '../../../../tutor/judge/run-checks.ts'
import { madeUpCourse, write } from '../made-up-course.ts'

const names = ['nothing stays nothing', 'doubles a number', 'doubles what is below zero']

/** Runs the checks on an exercise that has this above its right answer. */
async function run(
  t: Test,
  above: string,
  {
    seconds = 1000,
    loadingSeconds = 1000,
    files = {},
    signal = undefined as AbortSignal | undefined,
  } = {},
) {
  const source = `${above}\nexport const double = (n: number) => n * 2\n`
  const root = madeUpCourse(t, { 'my/01-begin/exercise.ts': source, ...files })
  const lesson = join(root, 'lessons/01-begin')
  const started = runChecksApart({
    checkFile: join(lesson, 'check.ts'),
    solutionFile: join(lesson, 'solution.ts'),
    attemptFile: join(root, 'my/01-begin/exercise.ts'),
    seconds,
    loadingSeconds,
    signal,
  })
  return { root, ...(await started) }
}

/** A process that has ended may still be in the list, as a zombie. */
const isAlive = (pid: number) =>
  /^[^Z]/.test(spawnSync('ps', ['-o', 'stat=', '-p', `${pid}`], { encoding: 'utf8' }).stdout)

t.test('all checks run, in their order', async (t) => {
  const { results, ended, printed } = await run(t, '')
  t.same(
    { results, ended, printed },
    {
      results: names.map((name) => ({ name })),
      ended: { how: 'finished' },
      printed: '',
    },
  )
})

t.test('every check runs, whether or not the one before it passed', async (t) => {
  const { results, ended } = await run(t, 'export const other = 1', {
    files: { 'my/01-begin/exercise.ts': 'export const double = (n: number) => Math.abs(n) * 2' },
  })
  t.same(
    results.map(({ failure }) => failure?.said),
    [undefined, undefined, 'double(-3)'],
  )
  t.same(ended, { how: 'finished' })
})

t.test('what is printed', async (t) => {
  t.test('is kept in the order it came, up to 4000 characters', async (t) => {
    const { printed } = await run(t, "console.log('one\\ntwo')")
    t.equal(printed, 'one\ntwo\n')
    const { ended, printed: much } = await run(
      t,
      "for (let i = 0; i < 100; i += 1) console.log('x'.repeat(1_000_000))",
    )
    t.same(ended, { how: 'finished' }, 'a hundred million characters stop nothing')
    t.equal(much, 'x'.repeat(4000))
  })
  t.test('cannot be mistaken for a result', async (t) => {
    const ending = '{"kind":"ended","ended":{"how":"finished"}}'
    const { results } = await run(
      t,
      `import { writeSync } from 'node:fs'
       for (const out of [1, 2, 3]) writeSync(out, '\\n${ending}\\nnull\\n{\\n')
       const words = process.argv.concat(Object.values(process.env).map(String))
       for (const word of words) writeSync(3, word + '${ending}\\n')`,
    )
    t.same(
      results.map(({ name }) => name),
      names,
    )
  })
})

t.test('what the exercise has started ends with the checks', async (t) => {
  t.test('a server, a timer, a listener for the end', async (t) => {
    const { ended } = await run(
      t,
      `import { createServer } from 'node:http'
       createServer().listen(0)
       setInterval(() => {}, 10)
       process.on('exit', () => { for (;;) {} })`,
    )
    t.same(ended, { how: 'finished' })
  })
  t.test('another process', async (t) => {
    const { root } = await run(
      t,
      `import { spawn } from 'node:child_process'
       import { writeFileSync } from 'node:fs'
       const { pid } = spawn('sleep', ['1000'], { stdio: 'inherit' })
       writeFileSync(new URL('pid', import.meta.url), String(pid))`,
    )
    const pid = Number(readFileSync(join(root, 'my/01-begin/pid'), 'utf8'))
    t.ok(pid > 0)
    t.equal(isAlive(pid), false)
  })
})

t.test('what left the group and holds the pipes is not waited for', async (t) => {
  const leave = (then: string) => `import { spawn } from 'node:child_process'
    import { writeFileSync } from 'node:fs'
    const child = spawn('sleep', ['1000'], { detached: true, stdio: ['ignore', 1, 2, 3] })
    child.unref()
    writeFileSync(new URL('pid', import.meta.url), String(child.pid))
    ${then}`
  const endLeft = (root: string) =>
    process.kill(Number(readFileSync(join(root, 'my/01-begin/pid'), 'utf8')))

  t.test('when the exercise was killed', async (t) => {
    const { root, ended } = await run(t, leave("process.kill(process.pid, 'SIGKILL')"))
    endLeft(root)
    t.same(ended, { how: 'killed' })
  })
  t.test('when the time is over', async (t) => {
    const { root, ended } = await run(t, leave('for (;;) {}'), { seconds: 5 })
    endLeft(root)
    t.same(ended, { how: 'late', seconds: 5 })
  })
})

t.test('the time of a busy machine', async (t) => {
  const seconds = 3
  const busyUntil = (share: number) => `while (performance.now() < ${share * seconds * 1000}) {}\n`
  const check = (body: string) => `export default { 'one'() {${body}}, 'two'() {${body}} }`

  t.test('is not counted until the files of the lesson are there', async (t) => {
    const files = { 'lessons/01-begin/check.ts': busyUntil(1.1) + check('') }
    t.same((await run(t, '', { seconds, files })).ended, { how: 'finished' })
  })
  t.test('is counted for each check alone', async (t) => {
    const half = `const begin = performance.now()
      while (performance.now() < begin + ${seconds * 600}) {}`
    const files = { 'lessons/01-begin/check.ts': check(half) }
    t.same((await run(t, '', { seconds, files })).ended, { how: 'finished' })
  })
  t.test('comes to an end, also where the files of the lesson do not load', async (t) => {
    const files = { 'lessons/01-begin/check.ts': `for (;;) {}\n${check('')}` }
    const { ended } = await run(t, '', { loadingSeconds: 1, files })
    t.same(ended, { how: 'slow', seconds: 1 })
  })
})

t.test('an exit code is no want of memory, but for the two that tell of it', async (t) => {
  for (const code of [255, 130])
    t.same((await run(t, `process.exit(${code})`)).ended, { how: 'exit', code })
  for (const code of [134, 137])
    t.same((await run(t, `process.exit(${code})`)).ended, { how: 'killed' })
})

t.test('the exercise sees nothing of the learner’s own settings', async (t) => {
  process.env.LEARNERS_OWN = 'setting'
  t.teardown(() => delete process.env.LEARNERS_OWN)
  const { printed } = await run(t, 'console.log(process.env.LEARNERS_OWN, process.env.NO_COLOR)')
  t.equal(printed, 'undefined 1\n')
})

t.test('but where the system and its temporary folder are, which Windows asks for', async (t) => {
  process.env.SystemRoot = 'C:\\Windows'
  t.teardown(() => delete process.env.SystemRoot)
  const { printed } = await run(t, 'console.log(process.env.SystemRoot)')
  t.equal(printed, 'C:\\Windows\n')
})

t.test(
  'a line that is no message is passed over',
  { skip: !existsSync('/proc/self/cmdline') },
  async (t) => {
    const { results, ended } = await run(
      t,
      `import { readFileSync, writeSync } from 'node:fs'
     const words = readFileSync('/proc/self/cmdline', 'utf8').split('\\0')
     writeSync(3, words.find((word) => word.length === 36) + '{\\n')`,
    )
    t.same(ended, { how: 'finished' })
    t.equal(results.length, 3)
  },
)

t.test('nothing that the exercise replaces changes a verdict', async (t) => {
  const replaced = {
    'JSON.stringify': "JSON.stringify = () => 'x'",
    'process.exit': 'process.exit = (() => {}) as typeof process.exit; setInterval(() => {}, 10)',
    'what is printed with': 'process.stdout.destroy(); console.log = () => { throw 1 }',
    'the folder it runs in': "process.chdir('/'); process.env.PATH = ''; process.argv.length = 0",
  }
  for (const [what, above] of Object.entries(replaced))
    t.test(what, async (t) => {
      const { results, ended } = await run(t, above)
      t.same(ended, { how: 'finished' })
      t.equal(results.length, 3)
    })
  t.test('assert cannot be replaced', async (t) => {
    const above = "import assert from 'node:assert'\nassert.strict.equal = () => {}"
    const { ended } = await run(t, above)
    t.equal(ended.how, 'load')
  })
})

t.test('checks that are called off', async (t) => {
  t.test('before they begin: nothing runs', async (t) => {
    const above = `import { writeFileSync } from 'node:fs'
      writeFileSync(new URL('ran', import.meta.url), '')`
    const { root, ended } = await run(t, above, { signal: AbortSignal.abort() })
    t.same(ended, { how: 'killed' })
    t.notOk(existsSync(join(root, 'my/01-begin/ran')))
  })
  t.test('while they run: they end at once, however much time they had', async (t) => {
    const calledOff = new AbortController()
    const root = madeUpCourse(t)
    write(root, 'my/01-begin/exercise.ts', 'for (;;) {}\nexport const double = 1')
    const lesson = join(root, 'lessons/01-begin')
    const started = runChecksApart({
      checkFile: join(lesson, 'check.ts'),
      solutionFile: join(lesson, 'solution.ts'),
      attemptFile: join(root, 'my/01-begin/exercise.ts'),
      seconds: 1000,
      signal: calledOff.signal,
    })
    setImmediate(() => calledOff.abort())
    t.same((await started).ended, { how: 'killed' })
  })
})
