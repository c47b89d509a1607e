import { spawnSync } from 'node:child_process'
import t from 'tap'
import { checkProblems, exerciseProblems, proofProblems } from '../../../scripts/lessons/code.ts'
import { demoRunProblems, runDemo } from '../../../scripts/lessons/demo.ts'
import { folderProblems } from '../../../scripts/lessons/folder.ts'
import { exerciseRunProblems, solutionRunProblems } from '../../../scripts/lessons/judged.ts'
import { graphProblems, tableProblems } from '../../../scripts/lessons/maps.ts'
import { sayProblem } from '../../../scripts/problem.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { until } from '../../support/until.ts'
import { folder } from './made-up-lesson.ts'
import { problemsAre } from './problems-are.ts'

t.test('a folder', async (t) => {
  t.same(folderProblems(folder()), [], 'holds the five files')
  problemsAre(t, folderProblems(folder({ 'notes.md': '', 'data/': '' })), [
    { what: /holds notes.md: what lessons share goes/ },
    { what: /holds data\// },
  ])
  const { 'demo.ts': _, ...files } = folder().files
  problemsAre(t, folderProblems({ slug: '02-keys', files }), [{ what: /has no demo.ts/ }])
})

t.test('an exercise', async (t) => {
  const problems = (change: (code: string) => string) =>
    exerciseProblems(folder({ 'exercise.ts': change(folder().files['exercise.ts'] ?? '') }))

  t.same(
    problems((code) => code),
    [],
    'the made-up one is fine',
  )
  t.same(
    problems((code) => `${code}// TODO: and this.\n`),
    [],
    'with two things to do as well',
  )
  for (const [what, change, problem] of [
    [
      'nothing to do',
      (code: string) => code.replace('TODO: turn', 'turn'),
      /has 0 comments "\/\/ TODO/,
    ],
    ['nothing said', (code: string) => code.replace('TODO: turn it.', 'TODO:'), /has 0 comments/],
    ['three things to do', (code: string) => code + '// TODO: a\n'.repeat(2), /has 3 comments/],
    [
      'no first step',
      (code: string) => code.replace('firstStep', 'first'),
      /no "export const firstSt/,
    ],
    ['no first comment', (code: string) => code.replace(/^.*\n/, ''), /begins without a comment/],
    ['types hidden', (code: string) => `${code}// @ts-ignore\n`, /hides what TypeScript says/],
    ['a neighbor', (code: string) => `${code}import './check.ts'`, /imports .\/check.ts/],
    ['a sibling', (code: string) => `${code}export * from "../checks.ts"`, /imports ..\/checks.ts/],
    ['a test', (code: string) => `${code}import x from '../../test/x.ts'`, /imports ..\/..\/test/],
    ['a late import', (code: string) => `${code}await import('../x.ts')`, /imports ..\/x.ts/],
  ] as const)
    t.test(`${what}: a problem`, async (t) => {
      problemsAre(t, problems(change), [{ what: problem, file: 'lessons/02-keys/exercise.ts' }])
    })
})

t.test('checks and their proof', async (t) => {
  t.same(checkProblems(folder()), [])
  const code = folder().files['check.ts'] ?? ''
  const twice = code.replace('stays closed', 'opens')
  problemsAre(t, checkProblems(folder({ 'check.ts': twice })), [{ what: /two checks "opens"/ }])
  const late = code.replace('first step: will', 'will')
  problemsAre(t, checkProblems(folder({ 'check.ts': late })), [
    { what: /begins with the check "will it open"/ },
  ])
  const untyped = code.replace(' satisfies Checks<typeof solution>', '')
  problemsAre(t, checkProblems(folder({ 'check.ts': untyped })), [
    { what: /nobody types its checks/ },
  ])

  for (const code of ['prove(t, {})', 'prove<Lesson>(t, {})'])
    t.same(proofProblems('a.test.ts', code), [])
  problemsAre(t, proofProblems('a.test.ts', undefined), [{ what: /is not there/ }])
  problemsAre(t, proofProblems('a.test.ts', "import { prove } from './prove.ts'"), [
    { what: /does not call prove/ },
  ])
})

/** A run of three checks that all passed, and what is different in it. */
function checksRun(change: Partial<Parameters<typeof exerciseRunProblems>[1]> = {}) {
  const names = ['opens', 'stays closed', 'rusts']
  const results = names.map((name) => ({ name }))
  return { names, results, ended: { how: 'finished' }, printed: '', ...change } as const
}

function failing(said: string) {
  return checksRun({
    results: [
      { name: 'opens', failure: { said, stack: '' } },
      { name: 'stays closed', failure: { said, stack: '' } },
    ],
  })
}

const failure = { said: 'it threw SyntaxError: no', stack: '' }

t.test('what the checks say of the shipped exercise', async (t) => {
  const problems = (run: ReturnType<typeof checksRun>) =>
    exerciseRunProblems('02-keys', run).map(sayProblem)

  t.same(problems(failing('open(1)')), [], 'an ordinary failed check')
  for (const [what, run, problem] of [
    ['none fails', checksRun(), /exercise.ts: passes every check as shipped/],
    [
      'it cannot be loaded',
      checksRun({ names: [], results: [], ended: { how: 'load', failure } }),
      /exercise.ts: crashes as shipped, .*: load it threw SyntaxError: no$/,
    ],
    [
      'it ends the process, after a failed check',
      { ...failing('open(1)'), ended: { how: 'exit', code: 3 } as const },
      /crashes as shipped.* exit {"code":3}, in the check "rusts"/,
    ],
    [
      'an error gets through',
      failing('it threw TypeError: x'),
      /check.ts: "opens" fails on .* because it thr/,
    ],
    [
      'the first step is taken already',
      checksRun({ results: [{ name: 'opens' }, { name: 'rusts', failure }] }),
      /exercise.ts: has to fail the first check as shipped, and another one/,
    ],
    [
      'there is nothing after the first step',
      checksRun({ results: [{ name: 'opens', failure }, { name: 'rusts' }] }),
      /exercise.ts: has to fail the first check as shipped, and another one/,
    ],
    ['nothing is said', failing(''), /check.ts: "opens" does not say which call/],
    [
      'it prints',
      { ...failing('a'), printed: '\n(node:1) W\nmore' },
      /prints while .*: \(node:1\) W$/,
    ],
  ] as const)
    t.test(`${what}: a problem`, async (t) => {
      problemsAre(t, problems(run), [problem])
    })
})

t.test('what the checks say of the solution', async (t) => {
  const problems = (run: ReturnType<typeof checksRun>) =>
    solutionRunProblems('02-keys', run).map(sayProblem)

  t.same(problems(checksRun()), [])
  for (const [what, run, problem] of [
    ['a check fails', failing('open(1)\nmore'), /does not pass: "opens" says: open\(1\) more/],
    [
      'it does not end',
      checksRun({ ended: { how: 'late', seconds: 10 } }),
      /crashes: late {"seconds/,
    ],
    ['two checks', checksRun({ names: ['a', 'b'] }), /check.ts: has 2 checks: three at least/],
    [
      'it prints',
      checksRun({ printed: 'hello' }),
      /solution.ts: prints while it is checked: hello/,
    ],
  ] as const)
    t.test(`${what}: a problem`, async (t) => {
      problemsAre(t, problems(run), [problem])
    })
})

t.test('a demonstration', async (t) => {
  const run = { stdout: 'after 3 tries\n', stderr: '', code: 0 }
  t.same(demoRunProblems('after … tries', run), [])
  t.same(demoRunProblems('…', { ...run, stdout: `${'é'.repeat(80)}\n` }), [], '80 columns')
  for (const [what, change, problem] of [
    [
      'another output',
      { stdout: 'after 3 hours\n' },
      /line 1 shows "after … tries", but "after 3 h/,
    ],
    [
      'a warning',
      { stderr: '\n(node:1) Warning: old\n' },
      /wrote to stderr: \(node:1\) Warning: old/,
    ],
    ['another exit code', { code: 1 }, /ended with exit code 1/],
    ['no end', { code: null }, /did not end by itself within \d+ seconds/],
    ['81 columns', { stdout: `after ${'3'.repeat(69)} tries\n` }, /wider than 80 columns: after/],
  ] as const)
    t.test(`${what}: a problem`, async (t) => {
      problemsAre(t, demoRunProblems('after … tries', { ...run, ...change }), [problem])
    })
})

t.test('running a demonstration', async (t) => {
  const demo = (code: string) => temporaryFolder(t, { lessons: { '02-keys': { 'demo.ts': code } } })

  t.test('gives it the arguments as a shell would', async (t) => {
    const root = demo('const args: string[] = process.argv.slice(2)\nconsole.log(args)')
    const { stdout, code } = await runDemo(root, '02-keys', `+15m "a b" 'c'`)
    t.equal(stdout, "[ '+15m', 'a b', 'c' ]\n")
    t.equal(code, 0)
  })
  t.test('notes what it complains of, and how it ends', async (t) => {
    const run = await runDemo(demo("console.error('no'); process.exit(3)"), '02-keys', '')
    t.same(run, { stdout: '', stderr: 'no\n', code: 3 })
  })
  t.test('ends what it has left running', async (t) => {
    const leaves = `import { spawn } from 'node:child_process'
      const child = spawn('sleep', ['1000'], { stdio: 'ignore' })
      child.unref()
      console.log(child.pid)`
    const { stdout, code } = await runDemo(demo(leaves), '02-keys', '')
    t.equal(code, 0)
    const state = () => spawnSync('ps', ['-o', 'stat=', '-p', stdout.trim()]).stdout.toString()
    await until(() => /^(Z|$)/.test(state()), 'the end of it', 5)
  })
})

t.test('maps', async (t) => {
  const keys = {
    number: 1,
    slug: '01-keys',
    title: 'Keys',
    goal: 'use `a`.',
    minutes: 20,
    needs: [],
  }
  const doors = {
    number: 2,
    slug: '02-doors',
    title: 'Doors',
    goal: 'use [b](b.md).',
    minutes: 30,
    needs: [1],
  }
  const course = [keys, doors]

  t.test('tables', async (t) => {
    const table = `| | lesson | you can | minutes | needs |
| --- | --- | --- | --- | --- |
| 1 | [Keys](01-keys/README.md) | use \`a\` | 20 | – |
| 2 | [Doors](02-doors/README.md) | use b | 30 | 1 |
`
    const problems = (text: string, file = 'lessons/README.md') =>
      tableProblems(file, text, course).map(sayProblem)

    t.same(problems(table), [])
    t.same(problems(table.replaceAll('](', '](lessons/'), 'README.md'), [], 'as seen from the root')
    for (const [from, to] of [
      ['| 2 |', '| 3 |'],
      ['[Doors]', '[Windows]'],
      ['use b', 'use c'],
      ['| 30 |', '| 35 |'],
      ['| 1 |\n', '| – |\n'],
      ['| – |\n', '| 1 |\n'],
    ] as const)
      t.test(`${from} changed to ${to}: a problem, and the row to paste`, async (t) => {
        const [problem, ...more] = problems(table.replace(from, to))
        t.match(problem, /^lessons\/README.md:\d: disagrees with the lesson: \| \d \| \[/)
        t.same(more, [])
      })
    t.test('a row left out, or there twice: a problem', async (t) => {
      const row = '| 2 | [Doors](02-doors/README.md) | use b | 30 | 1 |\n'
      t.same(problems(table.replace(row, '')), [
        `lessons/README.md: has no row for lesson 2: ${row.trim()}`,
      ])
      problemsAre(t, problems(table + row), [/README.md:5: has two rows for lesson 2/])
    })
  })

  t.test('drawings', async (t) => {
    const problems = (...arrows: string[]) =>
      graphProblems('a.md', `\`\`\`mermaid\nflowchart LR\n${arrows.join('\n')}\n\`\`\`\n`, [
        ...course,
        { ...doors, number: 3, needs: [2] },
      ]).map(sayProblem)

    t.same(problems('  1["1. Keys"] --> 2["2. Doors"] --> 3["3. Locks"]'), [])
    t.same(problems('  1["1. Keys"] --> 2["2. Doors"]', '  2 --> 3["3. Locks"]'), [])
    problemsAre(t, problems('  1["1. Keys"] --> 2["2. Doors"]'), [/draws no arrow 2 --> 3/])
    problemsAre(t, problems('  1["1. Keys"] --> 2 --> 3', '  1 --> 3'), [
      /draws 1 --> 3, which no lesson/,
    ])
    t.same(problems('  A --> B'), [], 'other drawings are left alone')
  })
})
