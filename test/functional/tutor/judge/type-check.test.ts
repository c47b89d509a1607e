import { spawnSync } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { problemsOf, TypeChecker } from '../../../../tutor/judge/type-check.ts'
import { environment } from '../../../support/environment.ts'
import { temporaryFolder } from '../../../support/folder.ts'
import { until } from '../../../support/until.ts'
import { exercise, madeUpCourse, write } from '../made-up-course.ts'

const file = 'my/01-begin/exercise.ts'
const endlessTypes = `type Grow<N extends unknown[], X> =
  N['length'] extends 40 ? X : Grow<[...N, 0], [X, 0]> | Grow<[...N, 0], [X, 1]>
export const grown: Grow<[], 0> = [0] as unknown as Grow<[], 0>
`
const wrong = exercise.replace('return n', "return 'n'")
const isWrong = [
  { line: 3, column: 3, message: "Type 'string' is not assignable to type 'number'." },
]

/** A type-checker of a folder that is there until the test is over. */
function checkerOf(t: Test, root: string): TypeChecker {
  const checker = new TypeChecker(root)
  t.teardown(() => checker.stop())
  return checker
}

/** The process ids of the TypeScript that we have started: of node, and of what node has started. */
function runningTypeScript(): number[] {
  const { stdout } = spawnSync('ps', ['-Aww', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
  const servers = stdout.split('\n').filter((line) => line.includes(' --lsp '))
  const all = servers.map((line) => line.trim().split(/\s+/).slice(0, 2).map(Number))
  const below = (id: number) => all.flatMap(([pid = 0, parent]) => (parent === id ? [pid] : []))
  const ours = below(process.pid)
  return [...ours, ...ours.flatMap(below)]
}

t.test(
  'problemsOf() gives the errors from top to bottom, with all that is said of each',
  async (t) => {
    const at = (line: number, character: number) => ({ range: { start: { line, character } } })
    const longer = "Type 'A' is not assignable to type 'B'.\n  Property 'c' is missing."
    const found = [
      { severity: 1, code: 2304, message: "Cannot find name 'x'.", ...at(8, 4) },
      { severity: 1, code: 2304, message: "Cannot find name 'w'.", ...at(8, 0) },
      {
        severity: 4,
        code: 6133,
        message: "'n' is declared but its value is never read.",
        ...at(0, 0),
      },
      { severity: 1, code: 2322, message: longer, ...at(2, 9) },
    ]
    t.same(problemsOf(found), [
      { line: 3, column: 10, message: longer },
      { line: 9, column: 1, message: "Cannot find name 'w'." },
      { line: 9, column: 5, message: "Cannot find name 'x'." },
    ])
    t.same(problemsOf([]), [])
  },
)

t.test('problemsOf() tells what TypeScript cannot even read, and then nothing else', async (t) => {
  const of = (code: number, line: number) => ({
    ...{ severity: 1, code, message: 'why' },
    range: { start: { line, character: 0 } },
  })
  for (const code of [1005, 1128, 1434, 1472]) {
    const problems = problemsOf([of(2322, 1), of(code, 2)])
    t.same(problems, [{ line: 3, column: 1, message: 'why', isSyntax: true }], `${code}`)
  }
  for (const code of [1294, 1484, 2322, 11005]) {
    const problems = problemsOf([of(2322, 1), of(code, 2)])
    t.equal(problems.length, 2, `${code}`)
  }
})

t.test('find()', async (t) => {
  const root = madeUpCourse(t, { [file]: exercise })
  const checker = checkerOf(t, root)

  t.test('does not mind style, nor what is not used yet', async (t) => {
    const unused = 'const later = 1\nfunction use(it: string) {}\n'
    const enumeration = 'export enum Color { Red }\n'
    const returns = 'export function sometimes(n: number) {\n  if (n > 1) return n\n}\n'
    const overriding =
      'class A { name() {} }\nexport class B extends A { constructor(public n = 1) { super() } name() {} }\n'
    t.same(await checker.find(file, exercise + unused + enumeration + returns + overriding), [])
  })
  t.test('finds what is wrong in this file, and not in that of another lesson', async (t) => {
    write(root, 'my/02-go-on/exercise.ts', 'export const n = (')
    t.same(await checker.find(file, wrong), isWrong)
    const before = runningTypeScript()
    write(root, file, `${exercise}\n`) // a save
    t.same(await checker.find(file, exercise), [], 'and no more when it is mended')
    t.same(runningTypeScript(), before, 'which no other TypeScript had to look at')
  })
  t.test('sees what has changed in a file that the exercise leans on', async (t) => {
    const leaning = "import { one } from './one.ts'\nexport const n: number = one\n"
    write(root, 'my/01-begin/one.ts', 'export const one = 1')
    t.same(await checker.find(file, leaning), [])
    write(root, 'my/01-begin/one.ts', "export const one = 'one'")
    t.hasStrict(await checker.find(file, leaning), [{ line: 2 }])
  })
  t.test('finds it also in a folder that was reached through a link', async (t) => {
    const link = join(temporaryFolder(t), 'link')
    symlinkSync(root, link)
    t.same(await checkerOf(t, link).find(file, wrong), isWrong)
  })
  t.test('two at once have each their own answer', async (t) => {
    const found = [checker.find(file, wrong), checker.find('my/02-go-on/exercise.ts', exercise)]
    t.same(await Promise.all(found), [isWrong, []])
  })
  t.test('comes to its end when it is called off, and holds nobody else up', async (t) => {
    t.same(await checker.find(file, wrong, AbortSignal.abort()), [])
    const off = new AbortController()
    const endless = checker.find(file, endlessTypes, off.signal)
    const other = checker.find('my/02-go-on/exercise.ts', wrong)
    await until(() => runningTypeScript().length === 2, 'TypeScript to run')
    off.abort()
    t.same(await endless, [])
    t.same(await other, isWrong)
  })
})

t.test('find() never takes what it does not understand for nothing', async (t) => {
  t.test('settings that are gone', async (t) => {
    const root = madeUpCourse(t, {
      [file]: exercise,
      'tsconfig.json': '{ "extends": "./none" }',
    })
    const message = `Cannot check the types of ${file}: File './none' not found.`
    await t.rejects(checkerOf(t, root).find(file, exercise), { message })
  })
  t.test('a TypeScript that does not run', async (t) => {
    environment(t, { NODE_OPTIONS: '--no-such-option' })
    const message = 'Cannot check the types: TypeScript does not run. Install it again: npm ci'
    await t.rejects(checkerOf(t, madeUpCourse(t, { [file]: wrong })).find(file, wrong), { message })
  })
  t.test('a TypeScript that was killed, and the next look is a new one', async (t) => {
    const root = madeUpCourse(t, { [file]: wrong })
    const checker = checkerOf(t, root)
    for (const at of [0, 1]) {
      t.same(await checker.find(file, wrong), isWrong)
      const finding = t.rejects(checker.find(file, endlessTypes), {
        message: /^Cannot check the types: TypeScript was killed\. /,
      })
      process.kill(runningTypeScript()[at] ?? Number.NaN, 'SIGKILL')
      await finding
    }
  })
})
