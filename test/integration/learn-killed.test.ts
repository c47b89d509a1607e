import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { answer, exercise, madeUpCourse, write } from '../functional/tutor/made-up-course.ts'
import { progressOf } from '../functional/tutor/made-up-guide.ts'
import { keys } from '../support/screen.ts'
import { until } from '../support/until.ts'
import { startGuide } from './learn.ts'

const file = 'my/02-go-on/exercise.ts'
/** Types without end, and a loop without one. */
const endless = (first = '') => `import { writeFileSync } from 'node:fs'
type Grow<N extends unknown[], X> =
  N['length'] extends 40 ? X : Grow<[...N, 0], [X, 0]> | Grow<[...N, 0], [X, 1]>
export const grown: Grow<[], 0> = [0] as unknown as Grow<[], 0>
writeFileSync(new URL('looping', import.meta.url), '')
${first}
for (;;) {}
`

interface Running {
  readonly pid: number
  readonly parent: number
  readonly args: string
}

function allRunning(): Running[] {
  const { stdout } = spawnSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,stat=,args='], {
    encoding: 'utf8',
  })
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, args = ''] = /^ *(\d+) +(\d+) +[^Z]\S* +(.*)/.exec(line) ?? []
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), args }]
  })
}

/** Waits until nothing runs that has the folder of this course in its command line, nor any of the others. */
function allGone(root: string, others: readonly number[] = []): Promise<void> {
  const isOurs = ({ pid, args }: Running) => args.includes(root) || others.includes(pid)
  return until(() => !allRunning().some(isOurs), 'the end of every process')
}

/** Waits until the exercise loops and its types are being checked; gives the processes below the guide. */
async function busy(root: string, guide: { readonly pid: number }): Promise<number[]> {
  let below: Running[] = []
  await until(() => {
    const all = allRunning()
    const begunBy = (id: number): Running[] =>
      all.flatMap((one) => (one.parent === id ? [one, ...begunBy(one.pid)] : []))
    below = begunBy(guide.pid)
    const isLooping = existsSync(join(root, 'my/02-go-on/looping'))
    return isLooping && below.some(({ args }) => /typescript-\S+tsc --lsp /.test(args))
  }, 'an exercise that never ends')
  return below.map(({ pid }) => pid)
}

/** A guide that has passed lesson 1 and is at lesson 2. */
async function atLesson2(t: Test) {
  const root = madeUpCourse(t, { 'my/01-begin/exercise.ts': answer, [file]: exercise })
  const guide = startGuide(t, root, { rows: 40 })
  await guide.until('All checks pass.')
  guide.press('n')
  await guide.until('✗ doubles a number')
  return { root, guide }
}

const reached = {
  version: 1,
  current: '02-go-on',
  lessons: { '01-begin': 'passed' },
  hints: {},
}

t.test('SIGKILL in the middle of a check: nothing goes on, and nothing is lost', async (t) => {
  const { root, guide } = await atLesson2(t)
  write(root, file, endless())
  const running = await busy(root, guide)
  process.kill(guide.pid, 'SIGKILL')
  await guide.exitCode()
  await allGone(root, running)
  t.hasStrict(progressOf(root), reached)
})

t.test('an exercise that ends its parent: the guide leaves in good order', async (t) => {
  const { root, guide } = await atLesson2(t)
  write(root, file, endless('process.kill(process.ppid)'))
  t.equal(await guide.exitCode(), 0)
  await allGone(root)
  t.equal(guide.modes().bracketedPaste, false)
  t.match(guide.screen(), /^Your progress is kept\. Go on with: npm run learn$/m)
  t.hasStrict(progressOf(root), reached)
})

t.test('Ctrl-C in the middle of npm run learn check', async (t) => {
  const root = madeUpCourse(t, { [file]: endless() })
  const check = startGuide(t, root, { args: ['check', '2'] })
  const running = await busy(root, check)
  check.press(keys.ctrlC)
  await check.exitCode()
  await allGone(root, running)
})

t.test('SIGTERM in the middle of a demonstration', async (t) => {
  const root = madeUpCourse(t)
  const waits = "console.log('started by', process.ppid, '.')\nsetInterval(() => {}, 1000)\n"
  write(root, 'lessons/01-begin/demo.ts', waits)
  // The shell stays: the end of the terminal would end the demonstration.
  const demo = startGuide(t, root, { args: ['demo', '1'], shell: 'learn; echo over; cat' })
  const [, pid] = /by (\d+) \./.exec(await demo.until(/by \d+ \./)) ?? []
  process.kill(Number(pid), 'SIGTERM')
  await demo.until('over')
  await allGone(root)
})
