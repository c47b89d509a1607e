import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { answer, exercise, madeUpCourse, write } from '../functional/tutor/made-up-course.ts'
import { keys } from '../support/terminal.ts'
import { until } from '../support/until.ts'
import { progressOf, startGuide } from './learn.ts'

const file = 'my/02-go-on/exercise.ts'
const endlessTypes = `type Grow<N extends unknown[], X> =
  N['length'] extends 40 ? X : Grow<[...N, 0], [X, 0]> | Grow<[...N, 0], [X, 1]>
export const grown: Grow<[], 0> = [0] as unknown as Grow<[], 0>
`
const loop = `import { writeFileSync } from 'node:fs'
writeFileSync(new URL('looping', import.meta.url), '')
for (;;) {}
`

/** Processes that have the folder of this course in their command line. */
function processesOf(root: string): string[] {
  const { stdout } = spawnSync('ps', ['-A', '-ww', '-o', 'pid=,stat=,args='], { encoding: 'utf8' })
  return stdout.split('\n').filter((line) => line.includes(root) && !/^ *\d+ +Z/.test(line))
}

function allGone(root: string): Promise<void> {
  return until(() => processesOf(root).length === 0, 'the end of every process')
}

function looping(root: string): Promise<void> {
  const path = join(root, 'my/02-go-on/looping')
  return until(() => existsSync(path), 'an exercise that loops')
}

/** A guide that has passed lesson 1, and whose exercise of lesson 2 loops for ever. */
async function checking(t: Test) {
  const root = madeUpCourse(t, { 'my/01-begin/exercise.ts': answer, [file]: exercise })
  const guide = startGuide(t, root, { rows: 40 })
  await guide.until('All checks pass.')
  guide.press('n')
  await guide.until('✗ doubles a number')
  write(root, file, loop)
  await looping(root)
  return { root, guide }
}

for (const signal of ['SIGKILL', 'SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const)
  t.test(`${signal} in the middle of a check`, async (t) => {
    const { root, guide } = await checking(t)
    process.kill(guide.pid, signal)
    await guide.exitCode()
    await allGone(root)
    if (signal !== 'SIGKILL') {
      t.equal(guide.modes().bracketedPaste, false)
      t.match(guide.screen(), /^Your progress is kept\. Go on with: npm run learn$/m)
    }
    t.same(progressOf(root), {
      version: 1,
      current: '02-go-on',
      lessons: { '01-begin': 'passed' },
      hints: {},
    })
  })

t.test('q in the middle of a check does not wait for it', async (t) => {
  const { root, guide } = await checking(t)
  guide.press('q')
  t.equal(await guide.exitCode(), 0)
  await allGone(root)
})

t.test('Ctrl-C in the middle of npm run learn check', async (t) => {
  const root = madeUpCourse(t, { [file]: loop })
  const check = startGuide(t, root, { args: ['check', '2'] })
  await looping(root)
  check.press(keys.ctrlC)
  await check.exitCode()
  await allGone(root)
})

for (const signal of ['SIGKILL', 'SIGTERM', 'SIGHUP'] as const)
  t.test(`${signal} while types without end are checked`, async (t) => {
    const root = madeUpCourse(t, { [file]: `${answer}${endlessTypes}` })
    const check = startGuide(t, root, { args: ['check', '2'] })
    const isCheckingTypes = () => processesOf(root).some((line) => /typescript-\S+tsc /.test(line))
    await until(isCheckingTypes, 'the types to be checked')
    process.kill(check.pid, signal)
    await check.exitCode()
    await allGone(root)
  })

for (const signal of ['SIGTERM', 'SIGHUP', 'SIGQUIT'] as const)
  t.test(`${signal} in the middle of a demonstration`, async (t) => {
    const root = madeUpCourse(t)
    const endless = "console.log('started by', process.ppid, '.')\nsetInterval(() => {}, 1000)\n"
    write(root, 'lessons/01-begin/demo.ts', endless)
    // The shell stays: the end of the terminal would end the demonstration.
    const demo = startGuide(t, root, { args: ['demo', '1'], shell: 'learn; echo over; cat' })
    const [, pid] = /by (\d+) \./.exec(await demo.until(/by \d+ \./)) ?? []
    process.kill(Number(pid), signal)
    await demo.until('over')
    await allGone(root)
  })

t.test('an exercise that ends its parent: the guide leaves in good order', async (t) => {
  const root = madeUpCourse(t)
  const guide = startGuide(t, root, { rows: 40 })
  await guide.until('✗')
  write(root, 'my/01-begin/exercise.ts', `process.kill(process.ppid)\n${answer}`)
  t.equal(await guide.exitCode(), 0)
  t.match(guide.screen(), /^Your progress is kept\. Go on with: npm run learn$/m)
})

t.test('two guides at once: neither loses what the other has written', async (t) => {
  const root = madeUpCourse(t)
  const one = startGuide(t, root, { args: ['1'], rows: 40 })
  await one.until('✗')
  const other = startGuide(t, root, { args: ['2'], rows: 40 })
  await other.until('✗')
  write(root, 'my/01-begin/exercise.ts', answer)
  await one.until('All checks pass.')
  write(root, 'my/02-go-on/exercise.ts', answer)
  t.match(await other.until('All checks pass.'), '2 of 3 passed')
  one.press('h')
  await one.until('Hint 1')
  t.hasStrict(progressOf(root), {
    lessons: { '01-begin': 'passed', '02-go-on': 'passed' },
    hints: { '01-begin': 1 },
  })
})
