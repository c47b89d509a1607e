import { once } from 'node:events'
import t, { type Test } from 'tap'
import type { ChecksRun } from '../../../../tutor/judge/run-checks.ts'
import type { TypeProblem } from '../../../../tutor/judge/type-check.ts'
import { createJudge } from '../../../../tutor/judge/verdict.ts'
import { exercise, lessonOf, madeUpCourse } from '../made-up-course.ts'

const courseOf = (t: Test) => madeUpCourse(t, { 'my/01-begin/exercise.ts': exercise })
const judged = { text: exercise, printed: 'words' }
const problem: TypeProblem = { line: 3, column: 3, message: 'wrong' }
const failure = { said: 'no', stack: '' }
const [one, two] = [{ name: 'one' }, { name: 'two' }]
const whole: ChecksRun = {
  names: ['one', 'two'],
  results: [one, two],
  ended: { how: 'finished' },
  printed: 'words',
}

/** The verdict on what the type-checker and the checks have found. */
function verdictOn(t: Test, run: Partial<ChecksRun>, problems: TypeProblem[] = []) {
  const root = courseOf(t)
  const found = { findTypes: async () => problems, runChecks: async () => ({ ...whole, ...run }) }
  return createJudge(found)(root, lessonOf(root))
}

t.test('all checks have passed: passed', async (t) => {
  t.same(await verdictOn(t, {}), { kind: 'passed', results: [one, two], ...judged })
})

t.test('a check has failed: failed, whatever broke after it', async (t) => {
  const results = [one, { ...two, failure }]
  t.same(await verdictOn(t, { results }), { kind: 'failed', results, of: 2, ...judged })
  const broke = { results: [{ ...one, failure }], running: 'two', ended: { how: 'waits' } } as const
  t.hasStrict(await verdictOn(t, broke), { kind: 'failed', results: broke.results, of: 2 })
})

t.test('a type problem comes before all that the checks have found', async (t) => {
  for (const run of [{}, { results: [{ ...one, failure }] }, { ended: { how: 'waits' } as const }])
    t.same(await verdictOn(t, run, [problem]), { kind: 'types', problems: [problem], ...judged })
})

t.test('broken: how, in which check, and what had passed until then', async (t) => {
  const ended = { how: 'exit', code: 3 } as const
  t.same(await verdictOn(t, { ended, results: [one], running: 'two' }), {
    kind: 'broken',
    ...{ broke: ended, names: ['one'], running: 'two' },
    ...judged,
  })
  const odd = {
    'no checks': { names: [], results: [] },
    'few checks': { results: [one] },
  }
  for (const [how, run] of Object.entries(odd))
    t.hasStrict(await verdictOn(t, run), { kind: 'broken', broke: { how } })
})

t.test('one finder does not wait for the other in vain', async (t) => {
  const root = courseOf(t)
  const lesson = lessonOf(root)
  async function never(signal = new AbortController().signal): Promise<void> {
    const alive = setInterval(() => {}, 1000) // as a process that runs is
    await once(signal, 'abort')
    clearInterval(alive)
  }

  t.test('a type problem ends the checks', async (t) => {
    const verdict = await createJudge({
      findTypes: async () => [problem],
      async runChecks({ signal }) {
        await never(signal)
        return { ...whole, ended: { how: 'killed' } }
      },
    })(root, lesson)
    t.equal(verdict.kind, 'types')
  })
  t.test('where TypeScript does not run, the exercise does not run on', async (t) => {
    let ended = false
    const judging = createJudge({
      findTypes: () => Promise.reject(new Error('no')),
      async runChecks({ signal }) {
        await never(signal)
        ended = true
        return whole
      },
    })(root, lesson)
    await t.rejects(judging, new Error('no'))
    t.ok(ended)
  })
  t.test('types have their time when the checks have ended, however late that is', async (t) => {
    const order: string[] = []
    const verdict = await createJudge({
      async findTypes(_file, _text, signal) {
        await never(signal)
        order.push('types')
        return []
      },
      async runChecks() {
        await new Promise((resolve) => setTimeout(resolve, 50))
        order.push('checks')
        return whole
      },
    })(root, { ...lesson, seconds: 0.01 })
    t.same(order, ['checks', 'types'])
    t.hasStrict(verdict, { kind: 'broken', broke: { how: 'late types', seconds: 0.01 } })
  })
  t.test('whoever calls it off ends both', async (t) => {
    const off = new AbortController()
    const judging = createJudge({
      findTypes: async (_file, _text, signal) => never(signal).then(() => []),
      runChecks: async ({ signal }) => never(signal).then(() => whole),
    })(root, lesson, off.signal)
    off.abort()
    t.ok(await judging)
  })
})
