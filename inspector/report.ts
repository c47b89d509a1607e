import { sessionPolicy } from '../example/sessions/policy.ts'
import { sayClaim } from '../example/token/say-claim.ts'
import { ask, type Question } from './ask.ts'
import { conclude, isProven, onlyDecoded } from './conclusion.ts'
import type { Found } from './find-token.ts'
import { algorithmsOf, type Given } from './given.ts'
import { sayParameter } from './header-meanings.ts'
import type { Options } from './options.ts'
import { decodePart, type Part, saySignature } from './part.ts'

/** A header parameter or a claim, with its explanation. */
export interface Explained extends ReturnType<typeof sayParameter> {
  readonly value: unknown
  /** The value as it is written, which JavaScript may have rounded. */
  readonly written: string
}

/** Everything that the inspector knows about one token, to be said in words or in JSON. */
export type Report = Awaited<ReturnType<typeof reportOn>>

/** Takes a token apart, and runs every check when there is a key. */
export async function reportOn(
  { token, notes }: Found,
  { given, options, now }: { given: Given | undefined; options: Options; now: number },
) {
  const [first = '', second = '', third = ''] = token.split('.', 3)
  const header = decodePart(first, 'RFC 7515 §4')
  const payload = decodePart(second, 'RFC 7519 §4')
  const answers = given === undefined ? [] : await ask(token, questionOf(given, options, now))
  return {
    header,
    payload,
    signature: { raw: third, words: saySignature(third, header.decoded?.alg) },
    parameters: explain(header, sayParameter),
    claims: explain(payload, (name, value) => sayClaim(name, value, now)),
    given,
    answers,
    proven: isProven(answers),
    verdict: given === undefined ? onlyDecoded : conclude(answers),
    notes: [...notes, ...(given?.notes ?? notesWithoutKey(options))],
  }
}

const sevenDays = 604_800
const compared = ['type', 'issuer', 'audience'] as const

/** What is asked of a token: our server's limits, the algorithms of the key, and what the person named. */
function questionOf(given: Given, options: Options, now: number): Question {
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

function explain({ decoded = {}, written }: Part, say: typeof sayParameter): Explained[] {
  return Object.entries(decoded).map(([name, value]) => {
    return { ...say(name, value), value, written: written?.get(name) ?? '' }
  })
}

function notesWithoutKey(options: Options): string[] {
  const named = compared.some((name) => options[name] !== undefined)
  return named ? ['Not checked: --type, --issuer and --audience need a key beside them.'] : []
}
