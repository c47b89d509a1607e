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

/** What three checks said; nothing where one passed. */
function judged(said: ReadonlyArray<string | undefined>, printed = '') {
  const results = said.map((said, index) => ({
    name: index === 0 ? 'first step: begin' : `check ${index + 1}`,
    ...(said === undefined ? {} : { failure: { said, stack: '' } }),
  }))
  return { results, printed }
}

t.test('what the checks say of the shipped exercise', async (t) => {
  const problems = (...given: Parameters<typeof judged>) =>
    exerciseProblems(judged(...given)).join()
  t.equal(problems(['open(1)', undefined, 'close(1)']), '')
  const wrong: Array<[what: string, said: string, problem: RegExp]> = [
    ['none fails', problems([undefined, undefined]), /has to fail the first check as shipped, and/],
    ['the first step is taken', problems([undefined, 'open(1)']), /has to fail the first check/],
    ['nothing comes after it', problems(['open(1)', undefined]), /and another one/],
    [
      'an error gets through',
      problems(['it threw TypeError: x', 'a']),
      /its call but "it threw Ty/,
    ],
    ['nothing is said', problems(['', 'a']), /does not say its call but ""/],
    ['it prints', problems(['a', 'b'], '\nhello\n'), /prints while it is checked: hello/],
  ]
  for (const [what, said, problem] of wrong) t.match(said, problem, what)
})

t.test('what the checks say of the solution', async (t) => {
  const problems = (...given: Parameters<typeof judged>) =>
    solutionProblems(judged(...given)).join()
  const passed = [undefined, undefined, undefined]
  t.equal(problems(passed), '')
  t.match(problems([...passed, 'open(1)']), /does not pass: "check 4" says: open\(1\)/)
  t.match(problems([undefined, undefined]), /has 2 checks: three at least/)
  const { results } = judged([undefined, ...passed])
  const headless = solutionProblems({ results: results.slice(1), printed: '' }).join()
  t.equal(headless, 'begins with the check "check 2", not with "first step: …"')
  t.match(problems(passed, 'hello'), /prints while it is checked: hello/)
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
  const { folder } = madeUpCourse()
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
        'demo.ts': folder.files['demo.ts'] ?? '',
      },
      '03-doors': {},
    },
  })
  t.same((await runProblems(root, folder)).map(sayProblem), [
    'lessons/02-keys/exercise.ts: exports no firstStep, as the solution does',
    'lessons/02-keys/exercise.ts: fails the first check as shipped, which does not say its call but "it threw Error: a": catch what is thrown',
    'lessons/02-keys/solution.ts: has 2 checks: three at least',
  ])
  const [lost] = await runProblems(root, { ...folder, slug: '03-doors' })
  t.match(lost?.what, /^cannot be loaded, with exercise and solution: Error: Cannot find module/)
})
