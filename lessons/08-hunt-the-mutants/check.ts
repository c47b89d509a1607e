import assert, { AssertionError } from 'node:assert'
import { createApp } from '../../example/sessions/app.ts'
import type { Checks } from '../checks.ts'
import { forgetExchange, lastExchange } from '../exchange.ts'
import { takesFirstStep } from '../first-step.ts'
import { bearer } from '../mutants/forge.ts'
import { atLarge, hunt, type Suspect, suspects } from '../mutants/hunt.ts'
import { redness, undisturbed } from '../mutants/run.ts'
import type * as solution from './solution.ts'

const answers: Parameters<typeof takesFirstStep<NonNullable<(typeof solution)['firstStep']>>>[1] = {
  'equal 503': 'right',
  'notEqual 200': { thinkAgain: 'one of the two servers answers 401. Is this line red there?' },
  'notEqual 401': { thinkAgain: 'one of the two servers answers 200. Is this line red there?' },
}

const enough = 9

export default {
  'first step: which line sees both servers'({ firstStep }) {
    takesFirstStep(firstStep, answers)
  },

  async 'no false alarm: every test is green on the right server'({ tests }) {
    for (const [name, test] of Object.entries(tests)) {
      forgetExchange() // what is shown with a false alarm is its own
      const alarm = await undisturbed(() => redness(test, createApp, { overHttp: true }))
      if (alarm !== undefined) throw falseAlarm(name, alarm)
    }
  },

  async 'no lie: every test has been red on a wrong server'({ tests }) {
    const hunted = await hunt(tests)
    for (const name of Object.keys(tests))
      if (!hunted.has(name))
        assert.fail(
          `"${name}" was green on one right server and red on the next. ` +
            'Does it keep something from one server to the next?',
        )
    for (const [name, redOn] of hunted)
      if (redOn.length === 0)
        assert.fail(
          `"${name}" was green on all ${suspects.length} wrong servers, and on more that answer ` +
            'everything alike, such as with 200 or with 401. What does it compare with what?',
        )
  },

  async 'nine wrong servers or more are found'({ tests }) {
    const free = atLarge(await hunt(tests))
    const found = suspects.filter((suspect) => !free.includes(suspect))
    const score = `${found.length} of ${suspects.length} wrong servers found${say(found)}`
    if (found.length < enough)
      assert.fail(`${score}; ${enough} are enough. Still at large:\n${describe(free)}`)
    if (free.length === 0) return `All ${found.length} wrong servers are found.`
    return `${score}. For a bonus:\n${describe(free)}`
  },
} satisfies Checks<typeof solution>

function say(found: readonly Suspect[]): string {
  return found.length === 0 ? '' : ` (${found.map(({ number }) => number).join(', ')})`
}

/** Three that are still free, the easier ones first. How to see them is told to those who ask. */
function describe(free: readonly Suspect[]): string {
  const symptoms = free.slice(0, 3).map((s) => `${String(s.number).padStart(2)}. ${s.symptom}`)
  const [, , , ...more] = free
  const others = more.length === 0 ? [] : [`and ${more.length} more: npm run learn demo 8`]
  const hint = `How no. ${free[0]?.number} can be seen: npm run learn demo 8 ${free[0]?.number}`
  return [...symptoms, ...others, hint].join('\n')
}

/** What the test compared, and that it is red where it should be green. */
function falseAlarm(name: string, alarm: Error): Error {
  const facts = alarm instanceof AssertionError ? alarm : { operator: 'fail' }
  const compared = 'generatedMessage' in facts && /equal/i.test(facts.operator)
  const said = compared && facts.generatedMessage ? 'a false alarm' : alarm.message
  const message = `"${name}" is red on the right server: ${said}${afterFailedSignIn()}`
  const error = new AssertionError({ ...facts, message })
  error.stack = `${alarm.stack}\n${error.stack}`
  return error
}

/** A sign-in that fails gives no token, and whoever carries none is refused for that reason. */
function afterFailedSignIn(): string {
  const { authorization, cookie } = lastExchange()?.request.headers ?? {}
  if (authorization !== bearer('').authorization && cookie !== '') return ''
  return '. The last request carried no token: had the sign-in before it failed?'
}
