import { pathToFileURL } from 'node:url'
import t from 'tap'
import { rehearse } from '../../../scripts/lessons/rehearse.ts'
import {
  demoProblems,
  exerciseProblems,
  runProblems,
  solutionProblems,
} from '../../../scripts/lessons/run.ts'
import { sayProblem } from '../../../scripts/problem.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { madeUpCourse } from './made-up-lesson.ts'
import { problemsAre } from './problems-are.ts'

/** What three checks said; nothing where one passed. */
function judged(...said: Array<string | undefined>) {
  return said.map((said, index) => ({
    name: index === 0 ? 'first step: begin' : `check ${index + 1}`,
    ...(said === undefined ? {} : { failure: { said, stack: '' } }),
  }))
}

t.test('what the checks say of the shipped exercise', async (t) => {
  t.same(exerciseProblems(judged('open(1)', undefined, 'close(1)')), [])
  const wrong: Record<string, readonly [said: Array<string | undefined>, problem: RegExp]> = {
    'none fails': [[undefined, undefined], /^has to fail the first check as shipped, and/],
    'the first step is taken': [[undefined, 'open(1)'], /^has to fail the first check/],
    'nothing comes after it': [['open(1)', undefined], /and another one$/],
    'an error gets through': [['it threw TypeError: x', 'a'], /its call but "it threw Ty/],
    'nothing is said': [['', 'a'], /does not say its call but ""/],
  }
  for (const [what, [said, problem]] of Object.entries(wrong))
    t.test(what, async (t) => problemsAre(t, exerciseProblems(judged(...said)), [problem]))
})

t.test('what the checks say of the solution', async (t) => {
  t.same(solutionProblems(judged(undefined, undefined)), [])
  t.same(solutionProblems(judged(undefined, undefined, 'open(1)')), [
    'does not pass: "check 3" says: open(1)',
  ])
  t.same(solutionProblems(judged(undefined, undefined).slice(1)), [
    'begins with the check "check 2", not with "first step: …"',
  ])
})

t.test('what a demonstration does', async (t) => {
  const run = { out: 'after 3 tries\n', err: '', code: 0 }
  const problems = (change: object) => demoProblems('after … tries', { ...run, ...change }).join()
  t.equal(problems({}), '')
  t.same(demoProblems('…', { ...run, out: `${'é'.repeat(80)}\n` }), [], '80 columns')
  t.match(problems({ out: 'after 3 hours\n' }), /line 1 shows "after … tries", but "after 3 h/)
  t.match(problems({ err: '(node:1) Warning: old\n' }), /wrote to stderr: \(node:1\) Warning: old/)
  t.match(problems({ code: 1 }), /ended with exit code 1/)
  t.same(demoProblems('…', { ...run, code: 1 }, 1), [], 'it says why it cannot')
  t.match(problems({ code: undefined }), /did not end by itself/)
  t.match(problems({ out: `after ${'3'.repeat(69)} tries\n` }), /wider than 80 columns: after/)
})

t.test('running a demonstration', async (t) => {
  const demo = async (code: string, ...args: string[]) => {
    const folder = temporaryFolder(t, { 'demo.ts': code })
    return await rehearse(pathToFileURL(`${folder}/demo.ts`).href, args)
  }
  t.test('hears what it prints, and gives it its arguments', async (t) => {
    const run = await demo('const [, , ...args]: string[] = process.argv\nconsole.log(args)', 'a b')
    t.same(run, { out: "[ 'a b' ]\n", err: '', code: 0 })
  })
  t.test('notes what it complains of, and how it ends', async (t) => {
    const complaining = "console.error('no')\nprocess.exit(3)\nconsole.log('never')"
    t.same(await demo(complaining), { out: '', err: 'no\n', code: 3 })
  })
  t.test('notes that it breaks', async (t) => {
    const { code, err } = await demo("throw new TypeError('broken')")
    t.equal(code, 1)
    t.match(err, /^TypeError: broken\n/)
  })
  t.test('leaves the process as it was', async (t) => {
    const { argv, exit } = process
    await demo('process.exit(0)', 'a')
    t.equal(process.argv, argv)
    t.equal(process.exit, exit)
  })
})

t.test('a lesson whose files run', async (t) => {
  const { course, lesson } = madeUpCourse()
  const check = `export default {
    'first step: say yes'({ firstStep }: { firstStep?: string }) { if (!firstStep) throw new Error('a') },
    'opens'({ open }: { open(): number }) { if (open() !== 1) throw new Error('b') },
  }`
  const root = temporaryFolder(t, {
    lessons: {
      '02-keys': {
        'check.ts': check,
        'exercise.ts': 'export const open = () => 0',
        'solution.ts': "export const firstStep = 'yes'\nexport const open = () => 1",
        'demo.ts': "console.log('it opened after 3 hours')",
      },
    },
  })
  t.same((await runProblems(root, course, lesson)).map(sayProblem), [
    'lessons/02-keys/exercise.ts: exports no firstStep, as the solution does',
    'lessons/02-keys/exercise.ts: fails the first check as shipped, which does not say its call but "it threw Error: a": catch what is thrown',
    'lessons/02-keys/demo.ts: prints otherwise than the page shows: line 1 shows "it opened after … tries", but "it opened after 3 hours" comes. Paste what it prints, … for what varies',
  ])
})
