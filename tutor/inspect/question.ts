import { sessionPolicy } from '../../example/sessions/policy.ts'
import type { Question } from './ask.ts'
import { algorithmsOf, type Given } from './given.ts'
import type { Options } from './options.ts'

const sevenDays = 604_800
const compared = ['type', 'issuer', 'audience'] as const

/** What is asked of a token: our server's limits, the algorithms of the key, and what the person named. */
export function questionOf(given: Given, options: Options, now: number): Question {
  const { type = '', issuer = '', audience = '' } = options
  const unasked = compared.filter((name) => options[name] === undefined)
  return {
    given,
    policy: {
      ...sessionPolicy(sevenDays),
      algorithms: algorithmsOf(given),
      type,
      issuer,
      audience,
    },
    now,
    unasked: Object.fromEntries(unasked.map((name) => [name, `give --${name}`])),
  }
}
