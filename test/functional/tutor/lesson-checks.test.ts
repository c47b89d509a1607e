import assert from 'node:assert/strict'
import { inspect } from 'node:util'
import t from 'tap'
import { call, type Failure, failureOf, runChecks } from '../../../lessons/checks.ts'

/** What is told of a check that does this. */
async function told(check: () => unknown): Promise<Omit<Failure, 'stack'> | undefined> {
  for await (const { failure } of runChecks({ one: async () => void (await check()) }, {})) {
    if (failure === undefined) return undefined
    const { stack, ...rest } = failure
    return rest
  }
  return undefined
}

const failing = 'double(2)'

t.test('what a failed check tells', async (t) => {
  const cases: Record<string, readonly [check: () => unknown, failure: object | undefined]> = {
    'nothing, when it passed': [() => assert.equal(1, 1), undefined],
    'a comparison: what was asked, answered and expected': [
      () => assert.equal(2, 4, failing),
      { said: failing, actual: '2', expected: '4' },
    ],
    'a comparison without words of its own': [
      () => assert.deepEqual({ a: 1 }, { a: 2 }),
      { said: '', actual: '{ a: 1 }', expected: '{ a: 2 }' },
    ],
    'a comparison that must not hold': [
      () => assert.notEqual('a', 'a', failing),
      { said: failing, actual: '"a"', expected: 'anything but "a"' },
    ],
    'two long texts: where they begin to differ': [
      () => assert.equal(`${'a'.repeat(50)}b`, `${'a'.repeat(50)}c`, failing),
      {
        said: failing,
        actual: `"${'a'.repeat(50)}b"`,
        expected: `"${'a'.repeat(50)}c"\nThey differ from character 51 on.`,
      },
    ],
    'something that should be true: the words, and no more': [
      () => assert.ok(false, 'No token was given'),
      { said: 'No token was given' },
    ],
    'something that should be there: what was there': [
      () => assert.ok(undefined, failing),
      { said: failing, actual: 'undefined' },
    ],
    'something that should be true, without words': [
      () => assert.ok(0),
      { said: '', actual: '0', expected: 'anything that counts as true' },
    ],
    'a pattern: the words and the answer': [
      () => assert.match('abc', /d/, 'The body should hold a d'),
      { said: 'The body should hold a d', actual: '"abc"' },
    ],
    'a pattern, without words': [
      () => assert.match('abc', /d/),
      { said: '', actual: '"abc"', expected: 'a text that matches /d/' },
    ],
    'an answer that tells what was thrown: as a sentence, not as a text': [
      () => assert.equal('it threw SyntaxError: no', 'x', failing),
      { said: failing, actual: 'it threw SyntaxError: no', expected: '"x"' },
    ],
    'an answer that tells what was thrown is not compared letter by letter': [
      () => assert.equal(`it threw ${'x'.repeat(50)}`, 'y'.repeat(50), failing),
      {
        said: failing,
        actual: `it threw ${'x'.repeat(50)}`,
        expected: `"${'y'.repeat(50)}"`,
      },
    ],
    'what some versions of node write below the words is left out': [
      () => {
        const message = `${failing}\n+ actual - expected\n\n+ 2\n- 4`
        throw new assert.AssertionError({ message, actual: 2, expected: 4, operator: '===' })
      },
      { said: failing, actual: '2', expected: '4' },
    ],
    'a failure in words': [() => assert.fail('Two of eight'), { said: 'Two of eight' }],
    'an error that did not come: without the words of node before it': [
      () => assert.throws(() => {}, `${failing} should refuse`),
      { said: 'double(2) should refuse' },
    ],
    'an error of a class that did not come': [
      () => assert.throws(() => {}, SyntaxError, `${failing} should refuse`),
      { said: 'double(2) should refuse' },
    ],
    'an error that did not come, later': [
      () => assert.rejects(async () => {}, `${failing} should refuse`),
      { said: 'double(2) should refuse' },
    ],
    'an error of another class: the error': [
      () =>
        assert.throws(() => {
          throw new TypeError('no')
        }, SyntaxError),
      {
        said: 'The error is expected to be an instance of "SyntaxError". Received "TypeError"',
        actual: 'it threw TypeError: no',
      },
    ],
    'an error': [() => Promise.reject(new RangeError('no')), { said: 'it threw RangeError: no' }],
    'something thrown that is no error': [() => Promise.reject('no'), { said: 'it threw "no"' }],
  }
  for (const [what, [check, failure]] of Object.entries(cases))
    t.test(what, async (t) => {
      t.same(await told(check), failure)
    })
})

t.test('what cannot be looked at does not break the checks', async (t) => {
  const broken = {
    [inspect.custom]() {
      throw new Error('looked at')
    },
  }
  const message = {
    get() {
      throw new Error('looked at')
    },
  }
  t.same(await told(() => assert.equal(broken, 1, failing)), {
    said: failing,
    actual: 'a value that cannot be shown',
    expected: '1',
  })
  t.same(await told(() => Promise.reject(Object.defineProperty(new Error(), 'message', message))), {
    said: 'it threw an error that cannot be shown',
  })
  t.same(await told(() => Promise.reject(Object.create(null))), {
    said: 'it threw [Object: null prototype] {}',
  })
})

t.test('nothing that is told is long', async (t) => {
  const long = 'x'.repeat(1_000_000)
  const some = 'x'.repeat(1000)
  const values = {
    text: long,
    list: Array(1000).fill(some),
    object: Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [at, some])),
  }
  for (const [what, value] of Object.entries(values))
    t.test(`a long ${what}`, async (t) => {
      const failure = await told(() => assert.equal(value, 'y', failing))
      t.ok(JSON.stringify(failure).length < 2000)
    })
  t.test('a long error, of which the place is still told', async (t) => {
    const { said, stack } = failureOf(new Error(long))
    t.ok(said.length < 600)
    t.match(stack, /^\n {4}at .*lesson-checks\.test\.ts/)
  })
  t.equal(
    failureOf(new assert.AssertionError({ actual: long, expected: 1 })).actual,
    `"${'x'.repeat(400)}"… (1000000 characters)`,
  )
})

t.test('call() writes what a reader would type', async (t) => {
  t.equal(call('decode', 'a.b', { now: 1 }, undefined), 'decode("a.b", { now: 1 }, undefined)')
  t.equal(call('decode', 'x'.repeat(500)), `decode("${'x'.repeat(159)}…)`)
})
