import t, { type Test } from 'tap'
import type { CheckResult, Failure } from '../../../../lessons/checks.ts'
import type { Verdict } from '../../../../tutor/judge/verdict.ts'
import { sayVerdict } from '../../../../tutor/pages/report.ts'
import { join } from '../../../../tutor/terminal/page.ts'
import { exercise, lessonOf, madeUpCourse } from '../made-up-course.ts'

const judged = { text: exercise, printed: '' }
const look = { columns: 60, colors: false }

function say(t: Test, verdict: Verdict, other = {}): string {
  const root = madeUpCourse(t)
  return join(sayVerdict(verdict, { root, lesson: lessonOf(root), look: { ...look, ...other } }))
}

function failed(failure: Partial<Failure>, ...others: CheckResult[]): Verdict {
  const one = { name: 'doubles a number', failure: { said: '', stack: '', ...failure } }
  return { kind: 'failed', results: [{ name: 'begins' }, one, ...others], ...judged }
}

t.test('all passed', async (t) => {
  const verdict = { kind: 'passed', names: ['one', 'two'], ...judged } as const
  t.equal(say(t, verdict), '✓ one\n✓ two\n\nAll checks pass.')
  t.equal(say(t, verdict, { plain: true }), 'passed: one\npassed: two\n\nAll checks pass.')
})

t.test('a failed check', async (t) => {
  t.test(
    'says the call, what it answered and what was expected, and shows the check',
    async (t) => {
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
    },
  )
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
    const eight = failed({}, ...[...'bcdefghi'].map(other))
    t.equal(ends(say(t, eight))?.split('\n').at(-2), '  ✗ g')
    t.equal(ends(say(t, eight))?.split('\n').at(-1), '  and 2 more')
  })
  t.test('shows the request and the response', async (t) => {
    const request = { method: 'POST', path: '/auth', headers: { accept: 'text/html' }, body: 'a=b' }
    const answer = {
      status: 401,
      headers: { date: 'today', 'www-authenticate': 'Bearer', allow: 'a'.repeat(200) },
      body: '',
    }
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
    t.same(
      shown([...always, 'date']),
      always.map((name) => `${name}: x`),
    )
    const two = ['x-frame-options', 'cache-control']
    t.same(shown(two), ['… and 2 other headers'])
    const compared = { actual: "{ 'Cache-Control': 'none' }", expected: '{}' }
    t.same(shown(two, compared), ['cache-control: x', '… and 1 other header'])
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
  > 3    return n // TODO: twice
    4  }

1 more type problem in this file.`,
  )
})

t.test('what cannot be read as a program is not announced as a type problem', async (t) => {
  const problem = { line: 3, column: 3, message: "';' expected." }
  const said = 'my/01-begin/exercise.ts cannot be read'
  const shown = say(t, { kind: 'types', problems: [problem], said, ...judged })
  t.match(shown, /^✗ my\/01-begin\/exercise\.ts cannot be read\n\n {2}';' expected\.\n/)
})

t.test('what broke comes after what had passed until then', async (t) => {
  const verdict = { kind: 'broken', said: 'It broke.', names: ['one'], ...judged } as const
  t.equal(say(t, verdict), '✓ one\n\n✗ It broke.')
  t.equal(say(t, verdict, { plain: true }), 'passed: one\n\nfailed: It broke.')
})

t.test('what the exercise printed', async (t) => {
  const printed = (text: string) =>
    say(t, { kind: 'passed', names: [], text: '', printed: text }).split('Your code printed:\n')[1]
  t.equal(printed('  \n'), undefined, 'nothing is nothing')
  t.equal(printed('one\n\x1b[31mtwo\x1b[0m\n\n'), '  one\n  two')
  t.equal(printed('x'.repeat(100)), `  ${'x'.repeat(57)}…`)
  t.equal(printed('a\n'.repeat(9)), `${'  a\n'.repeat(8)}  …`, 'eight lines of it')
})
