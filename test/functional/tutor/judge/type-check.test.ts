import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { beginAttempt } from '../../../../tutor/journey/attempt.ts'
import { findTypeProblems, parseProblems } from '../../../../tutor/judge/type-check.ts'
import { temporaryFolder } from '../../../support/folder.ts'
import { exercise, lessonOf, madeUpCourse, write } from '../made-up-course.ts'

const file = 'my/01-begin/exercise.ts'
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

t.test('parseProblems() asks for the await that is missing', async (t) => {
  const asks = [
    "Type 'Promise<string>' is not assignable to type 'string'.",
    "Argument of type 'Promise<string>' is not assignable to parameter of type 'string'.",
    "Argument of type 'A' is not assignable to type 'B'.\n  Type 'Promise<1>' is not assignable to type '1'.",
    "Property 'length' does not exist on type 'Promise<string>'.",
    "This condition will always return true since this 'Promise<boolean>' is always defined.",
  ]
  const asksNot = [
    "Type 'string' is not assignable to type 'Promise<string>'.",
    "Type 'Promise<string>' is not assignable to type 'Promise<number>'.",
  ]
  for (const message of [...asks, ...asksNot]) {
    const [problem] = parseProblems(`${file}(3,10): error TS2322: ${message}`, file)
    const said = asks.includes(message) ? `${message}\nIs an await missing?` : message
    t.equal(problem?.message, said)
  }
})

t.test('findTypeProblems()', async (t) => {
  const root = madeUpCourse(t)
  beginAttempt(root, lessonOf(root))

  t.test('finds none in the exercise as it is shipped', async (t) => {
    t.same(await findTypeProblems(root, file), [])
  })
  t.test('finds what is wrong in this file, not in that of another lesson', async (t) => {
    write(root, file, wrong)
    beginAttempt(root, lessonOf(root, 2))
    t.same(await findTypeProblems(root, file), [
      { line: 3, column: 3, message: "Type 'string' is not assignable to type 'number'." },
    ])
    t.same(await findTypeProblems(root, 'my/02-go-on/exercise.ts'), [])
  })
  t.test('does not mind what is not used yet', async (t) => {
    write(root, file, `${exercise}\nconst later = 1\nfunction use(it: string) {}\n`)
    t.same(await findTypeProblems(root, file), [])
  })
  t.test('does not mind style', async (t) => {
    const enumeration = 'export enum Color { Red }\n'
    const returns = 'export function sometimes(n: number) {\n  if (n > 1) return n\n}\n'
    const overriding =
      'class A { name() {} }\nexport class B extends A { constructor(public n = 1) { super() } name() {} }\n'
    write(root, file, exercise + enumeration + returns + overriding)
    t.same(await findTypeProblems(root, file), [])
  })
  t.test('finds it also where another exercise cannot even be read', async (t) => {
    write(root, file, wrong)
    write(root, 'my/02-go-on/exercise.ts', 'export const n = (')
    t.same(await linesOf(root), [3])
    write(root, 'my/02-go-on/exercise.ts', exercise)
  })
  t.test('finds it also in a folder that was reached through a link', async (t) => {
    const link = join(temporaryFolder(t), 'link')
    symlinkSync(root, link)
    const { PWD } = process.env
    process.env.PWD = link // as a shell does it
    t.teardown(() => {
      process.env.PWD = PWD
    })
    t.same(await linesOf(root), [3])
    t.same(await linesOf(link), [3])
  })
  t.test('comes to its end when it is called off', async (t) => {
    write(root, file, wrong)
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
})

async function linesOf(root: string): Promise<number[]> {
  return (await findTypeProblems(root, file)).map(({ line }) => line)
}
