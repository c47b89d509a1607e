import { rmSync } from 'node:fs'
import t, { type Test } from 'tap'
import type { CheckResult, Failure } from '../../../../lessons/checks.ts'
import type { Verdict } from '../../../../tutor/judge/verdict.ts'
import { sayVerdict } from '../../../../tutor/pages/say-verdict.ts'
import { join } from '../../../../tutor/terminal/page.ts'
import { exercise, lessonOf, madeUpCourse } from '../made-up-course.ts'

const begun = exercise.replace('twice', 'later')
const judged = { text: begun, printed: '' }
const look = { columns: 60, colors: false }
const broken = { kind: 'broken', broke: { how: 'killed' }, names: ['one'], ...judged } as const

function say(t: Test, verdict: Verdict, other = {}): string {
  const root = madeUpCourse(t)
  return join(sayVerdict(verdict, { root, lesson: lessonOf(root), look: { ...look, ...other } }))
}

function failed(failure: Partial<Failure>, ...others: CheckResult[]): Verdict {
  const one = { name: 'doubles a number', failure: { said: '', stack: '', ...failure } }
  return { kind: 'failed', results: [{ name: 'begins' }, one, ...others], ...judged }
}

t.test('all passed: it says so, and what the checks remark', async (t) => {
  const results = [
    { name: 'one', remark: '1 of 2\n\x07' },
    { name: 'two', remark: 'All.' },
  ]
  const verdict = { kind: 'passed', results, ...judged } as const
  const end = 'All checks pass.\n\n  1 of 2\n  \\u0007\n  All.'
  t.equal(say(t, verdict), `✓ one\n✓ two\n\n${end}`)
  t.equal(say(t, verdict, { plain: true }), `passed: one\npassed: two\n\n${end}`)
})

t.test('of the exercise as it comes: that nothing is wrong, above what fails', async (t) => {
  const verdict = { ...failed({ said: 'no' }), text: exercise }
  t.equal(
    say(t, verdict),
    `Nothing is wrong: this is how the exercise comes. Read the
page first.

✓ begins

✗ doubles a number

  no`,
  )
  t.match(say(t, { ...broken, names: [], text: exercise }), /^✗ The process was killed\./)
})

t.test('of checks that did not run: how many, below what fails', async (t) => {
  const of = (count: number) => say(t, { ...failed({ said: 'no' }), of: count } as Verdict)
  t.notMatch(of(2), 'result')
  t.match(of(3), /no\n\n1 check gave no result: it did not come to its end\.$/)
  t.match(of(5), /no\n\n3 checks gave no result: one of them did not come to its\nend\.$/)
})

t.test('where the exercise as it comes has gone, the report is as always', async (t) => {
  const root = madeUpCourse(t)
  const lesson = lessonOf(root)
  rmSync(`${root}/lessons/01-begin/exercise.ts`)
  const verdict = { ...failed({ said: 'no' }), text: exercise }
  const said = join(sayVerdict(verdict, { root, lesson, look }))
  t.equal(said, '✓ begins\n\n✗ doubles a number\n\n  no')
})

t.test('a failed check', async (t) => {
  t.test('says the call, its answer and what was expected, and shows the check', async (t) => {
    const stack =
      '\n    at equal (node:assert:1:1)\n    at x (file:///x/lessons/01-begin/check.ts:8:5)'
    t.equal(
      say(t, failed({ said: 'double(2)', actual: '2', expected: '4', stack })),
      `✓ begins

✗ doubles a number

  call      double(2)
  answer    2
  expected  4

  lessons/01-begin/check.ts:8
    7  'doubles a number'({ double }) {
  > 8    assert.equal(double(2), 4, 'double(2)')
    9  },`,
    )
  })
  t.test('what was compared is named as what it is: a call, or something else', async (t) => {
    const named = (said: string) => say(t, failed({ said, actual: '2', expected: '4' }))
    t.match(named('decode("a.b", { now: 1 })'), /^ {2}call {6}decode\("a\.b"/m)
    t.match(named('the subject in the body'), /^ {2}about {5}the subject in the body$/m)
    t.match(named('the subject (of two)'), /^ {2}about {5}the subject \(of two\)$/m)
  })
  t.test('points at the line of the check, not at a helper of it', async (t) => {
    const stack = ['16:1', '8:5'].map((at) => `\n at file:///x/lessons/01-begin/check.ts:${at}`)
    t.match(say(t, failed({ stack: stack.join('') })), /check\.ts:8$/m)
    t.notMatch(say(t, failed({ stack: stack[0] ?? '' })), /check\.ts/, 'or else at nothing')
  })
  t.test('points into the exercise where that threw', async (t) => {
    const stack = '\n    at double (file:///x/my/01-begin/exercise.ts:3:9)'
    t.match(
      say(t, failed({ said: 'it threw TypeError: no', stack })),
      /^ {2}It threw TypeError: no\n\n {2}my\/01-begin\/exercise.ts:3\n(.*\n)+ {2}> 3 {4}return n/m,
    )
  })
  t.test('of several it shows the first, and names the others', async (t) => {
    const other = (name: string) => ({ name, failure: { said: 'why', stack: '' } })
    const good = { name: 'good' }
    const ends = (text: string) => text.split('\n\n').at(-1)
    t.equal(ends(say(t, failed({}, good, other('b')))), 'This one fails too:\n  ✗ b')
    const two = failed({}, other('b'), other('c'))
    t.equal(ends(say(t, two)), 'These fail too:\n  ✗ b\n  ✗ c')
    t.equal(ends(say(t, two, { plain: true })), 'These fail too:\n  b\n  c')
    const last = (letters: string) =>
      say(t, failed({}, ...[...letters].map(other)))
        .split('\n')
        .slice(-2)
    t.same(last('bcdefgh'), ['  ✗ g', '  ✗ h'])
    t.same(last('bcdefghi'), ['  ✗ g', '  and 2 more'], 'more than one line would hold')
  })
  t.test('shows the request and the response', async (t) => {
    const request = { method: 'POST', path: '/auth', headers: { accept: 'text/html' }, body: 'a=b' }
    const headers = { date: 'today', 'www-authenticate': 'Bearer', allow: 'a'.repeat(200) }
    const answer = { status: 401, headers, body: '' }
    t.equal(
      say(t, failed({ said: 'no', exchange: { request, answer } })),
      `✓ begins

✗ doubles a number

  no

  request   POST /auth
            accept: text/html

            a=b
  response  401
            www-authenticate: Bearer
            allow: ${'a'.repeat(41)}
            ${'a'.repeat(19)}…`,
    )
    t.match(say(t, failed({ exchange: { request } })), /^ {2}response {2}none came$/m)
  })
  t.test('of the response, only the headers that say something about the failure', async (t) => {
    const request = { method: 'GET', path: '/', headers: { 'x-own': '1' }, body: '' }
    const shown = (names: readonly string[], failure: Partial<Failure> = {}) => {
      const headers = Object.fromEntries(names.map((name) => [name, 'x']))
      const exchange = { request, answer: { status: 200, headers, body: '' } }
      const said = say(t, failed({ said: 'no', ...failure, exchange }))
      return said.split('200\n')[1]?.replaceAll('  ', '').split('\n')
    }
    const always = ['content-type', 'set-cookie', 'www-authenticate', 'allow']
    t.equal(shown([...always, 'date'])?.join(), always.map((name) => `${name}: x`).join())
    const two = ['x-frame-options', 'cache-control']
    t.same(shown(two), ['… and 2 other headers'])
    const compared = { actual: "{ 'Cache-Control': 'none' }", expected: '{}' }
    t.same(shown(two, compared), ['cache-control: x', '… and 1 other header'])
  })
  t.test('of a token only the beginning, and each cookie on a line of its own', async (t) => {
    const token = `eyJhbGciOiJIUzI1NiJ9.${'e'.repeat(60)}.${'s'.repeat(43)}`
    const headers = { authorization: `Bearer ${token}, Bearer ${token}` }
    const request = { method: 'GET', path: '/', headers, body: '' }
    const answer = { status: 200, headers: { 'set-cookie': 'a=1\nb=2' }, body: '' }
    const said = say(t, failed({ exchange: { request, answer } }))
    t.match(said, /authorization: Bearer eyJhbGciOi…, Bearer\n {12}eyJhbGciOi…$/m)
    t.match(said, /^ {12}set-cookie: a=1\n {12}set-cookie: b=2$/m)
  })
  t.test('writes out what a terminal would obey', async (t) => {
    t.match(say(t, failed({ said: 'a', actual: 'a\x07', expected: 'b' })), /answer {4}a\\u0007/)
  })
})

t.test('a type problem is shown where it is', async (t) => {
  const problem = { line: 3, column: 3, message: "Type 'string' is not\n  assignable" }
  t.equal(
    say(t, { kind: 'types', problems: [problem, problem], ...judged }),
    `✗ my/01-begin/exercise.ts does not type-check: line 3,
  column 3

  Type 'string' is not
    assignable

  my/01-begin/exercise.ts:3
    1  // Make it double.
    2  export function double(n: number): number {
  > 3    return n // TODO: later
    4  }

1 more type problem in this file.
The checks come next, once TypeScript is content.`,
  )
})

t.test('a type problem that an await would mend: asks for it', async (t) => {
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
    const problems = [{ line: 3, column: 10, message }]
    const said = say(t, { kind: 'types', problems, ...judged })
    t.equal(said.includes('\n  Is an await missing?\n'), asks.includes(message), message)
  }
})

t.test('what cannot be read as a program is not announced as a type problem', async (t) => {
  const problem = { line: 3, column: 3, message: "';' expected.", isSyntax: true } as const
  const shown = say(t, { kind: 'types', problems: [problem], ...judged }, { columns: 90 })
  t.match(
    shown,
    /^✗ my\/01-begin\/exercise\.ts cannot be read: something is wrong at or before line 3\n\n {2}';' expected\.\n/,
  )
})

t.test('what broke comes after what had passed until then', async (t) => {
  t.match(say(t, broken), /^✓ one\n\n✗ The process was killed\./)
  t.match(say(t, broken, { plain: true }), /^passed: one\n\nfailed: The process was killed\./)
  const stack = '\n    at file:///x/my/01-begin/exercise.ts:3:9'
  const thrown = { how: 'load', failure: { said: 'it threw Error: no', stack } } as const
  t.match(
    say(t, { ...broken, broke: thrown }),
    /cannot be loaded\.\n\n {2}It threw Error: no\n\n {2}my\/01-begin\/exercise\.ts:3\n/,
  )
})

t.test('what was printed', async (t) => {
  const passed = { kind: 'passed', results: [], text: '' } as const
  const printed = (text: string) =>
    say(t, { ...passed, printed: text }).split('Printed while it was checked:\n')[1]
  t.equal(printed('  \n'), undefined, 'nothing is nothing')
  t.equal(printed('one\n\x1b[31mtwo\x1b[0m\n\n'), '  one\n  two')
  t.equal(printed('x'.repeat(100)), `  ${'x'.repeat(57)}…`)
  t.equal(printed('a\n'.repeat(9)), `${'  a\n'.repeat(8)}  …`, 'eight lines of it')
})
