import { spawnSync } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { beginAttempt } from '../../../../tutor/journey/attempt.ts'
import { findTypeProblems, parseProblems } from '../../../../tutor/judge/type-check.ts'
import { temporaryFolder } from '../../../support/folder.ts'
import { until } from '../../../support/until.ts'
import { exercise, lessonOf, madeUpCourse, write } from '../made-up-course.ts'

const file = 'my/01-begin/exercise.ts'
const endlessTypes = `type Grow<N extends unknown[], X> =
  N['length'] extends 40 ? X : Grow<[...N, 0], [X, 0]> | Grow<[...N, 0], [X, 1]>
export const grown: Grow<[], 0> = [0] as unknown as Grow<[], 0>
`
const wrong = exercise.replace('return n', "return 'n'")

t.test('parseProblems() takes what concerns one file, with what is indented below', async (t) => {
  const output = `my/01-begin/exercise.ts(3,10): error TS2322: Type 'A' is not assignable to type 'B'.
  Property 'c' is missing.
my/02-go-on/exercise.ts(1,1): error TS1005: ';' expected.
error TS18003: No inputs were found.
my/01-begin/exercise.ts(9,1): error TS2304: Cannot find name 'x'.
`
  t.same(parseProblems(output, file), [
    {
      line: 3,
      column: 10,
      message: "Type 'A' is not assignable to type 'B'.\n  Property 'c' is missing.",
    },
    { line: 9, column: 1, message: "Cannot find name 'x'." },
  ])
  t.same(parseProblems('', file), [])
})

t.test('parseProblems() knows the file by the path that Windows writes', async (t) => {
  const output = 'my\\01-begin\\exercise.ts(9,1): error TS2304: why'
  t.same(parseProblems(output, file), [{ line: 9, column: 1, message: 'why' }])
})

t.test('parseProblems() tells what TypeScript cannot even read', async (t) => {
  for (const [code, isSyntax] of [
    ['TS1005', true],
    ['TS1128', true],
    ['TS1434', true],
    ['TS1472', true],
    ['TS1294', undefined],
    ['TS1484', undefined],
    ['TS2322', undefined],
    ['TS11005', undefined],
  ] as const) {
    const [problem] = parseProblems(`${file}(3,10): error ${code}: why`, file)
    t.equal(problem?.isSyntax, isSyntax, code)
  }
})

t.test('findTypeProblems()', async (t) => {
  const root = madeUpCourse(t)
  beginAttempt(root, lessonOf(root))

  t.test('does not mind style, nor what is not used yet', async (t) => {
    const unused = 'const later = 1\nfunction use(it: string) {}\n'
    const enumeration = 'export enum Color { Red }\n'
    const returns = 'export function sometimes(n: number) {\n  if (n > 1) return n\n}\n'
    const overriding =
      'class A { name() {} }\nexport class B extends A { constructor(public n = 1) { super() } name() {} }\n'
    write(root, file, exercise + unused + enumeration + returns + overriding)
    t.same(await findTypeProblems(root, file), [])
  })
  t.test('finds what is wrong in this file, and not in that of another lesson', async (t) => {
    write(root, file, wrong)
    write(root, 'my/02-go-on/exercise.ts', 'export const n = (')
    t.same(await findTypeProblems(root, file), [
      { line: 3, column: 3, message: "Type 'string' is not assignable to type 'number'." },
    ])
  })
  t.test('finds it also in a folder that was reached through a link', async (t) => {
    const link = join(temporaryFolder(t), 'link')
    symlinkSync(root, link)
    const { PWD } = process.env
    process.env.PWD = link // as a shell does it
    t.teardown(() => {
      process.env.PWD = PWD
    })
    t.hasStrict(await findTypeProblems(link, file), [{ line: 3 }])
  })
  t.test('comes to its end when it is called off', async (t) => {
    t.same(await findTypeProblems(root, file, AbortSignal.abort()), [])
  })
})

t.test('findTypeProblems() never takes what it does not understand for nothing', async (t) => {
  const lib = '../../lib.ts'
  for (const [what, files, words, text] of [
    [
      'settings that are gone',
      { 'tsconfig.json': '{ "extends": "./none" }' },
      /: error TS6053: /,
      exercise,
    ],
    [
      'another file that is broken',
      { 'lib.ts': 'a = (' },
      /^lib\.ts\(1,6\): .*/m,
      `import '${lib}'`,
    ],
  ] as const)
    t.test(what, async (t) => {
      const root = madeUpCourse(t, files)
      beginAttempt(root, lessonOf(root))
      write(root, file, text)
      await t.rejects(findTypeProblems(root, file), { message: words })
    })
  t.test('a TypeScript that does not run', async (t) => {
    const { NODE_OPTIONS = '' } = process.env // of the test runner
    process.env.NODE_OPTIONS = '--no-such-option'
    t.teardown(() => Object.assign(process.env, { NODE_OPTIONS }))
    const message = 'Cannot check the types: TypeScript does not run. Install it again: npm ci'
    await t.rejects(findTypeProblems(madeUpCourse(t, { [file]: wrong }), file), { message })
  })
  t.test('a TypeScript that was killed in the middle of its work', async (t) => {
    const root = madeUpCourse(t, { [file]: endlessTypes })
    const project = join(root, 'my/.types/01-begin.json')
    for (const program of [/lib\/tsc\.js /, /lib\/tsc /]) {
      const finding = t.rejects(findTypeProblems(root, file), {
        message: /^Cannot check the types: TypeScript was killed\. /,
      })
      let line: string | undefined
      await until(() => {
        const { stdout } = spawnSync('ps', ['-Aww', '-o', 'pid=,args='], { encoding: 'utf8' })
        line = stdout.split('\n').find((one) => one.includes(project) && program.test(one))
        return line !== undefined
      }, 'the types to be checked')
      process.kill(Number.parseInt(line ?? '', 10), 'SIGKILL')
      await finding
    }
  })
})
