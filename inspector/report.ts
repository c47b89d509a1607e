import { sessionPolicy } from '../example/sessions/policy.ts'
import { sayClaim } from '../example/token/say-claim.ts'
import { type Answer, ask, type Question } from './ask.ts'
import { type Conclusion, conclude, isProven, onlyDecoded } from './conclusion.ts'
import type { Found } from './find-token.ts'
import { algorithmsOf, type Given } from './given.ts'
import { sayParameter } from './header-meanings.ts'
import type { Options } from './options.ts'
import { decodePart, type Part, saySignature } from './part.ts'

/** A header parameter or a claim, with its explanation. */
export interface Explained {
  readonly name: string
  readonly value: unknown
  /** The value as it is written, which JavaScript may have rounded. */
  readonly written: string
  readonly meaning: string
  readonly rfc: string
  readonly inWords: string | undefined
}

/** Everything that the inspector knows about one token, to be said in words or in JSON. */
export interface Report {
  readonly notes: readonly string[]
  readonly header: Part
  readonly payload: Part
  readonly signature: { readonly raw: string; readonly words: string }
  readonly parameters: readonly Explained[]
  readonly claims: readonly Explained[]
  readonly given: Given | undefined
  readonly answers: readonly Answer[]
  readonly proven: boolean
  readonly verdict: Conclusion
}

/** Takes a token apart, and runs every check when there is a key. */
export async function reportOn(
  { token, notes }: Found,
  { given, options, now }: { given: Given | undefined; options: Options; now: number },
): Promise<Report> {
  const [header = '', payload = '', signature = ''] = token.split('.', 3)
  const parts = {
    header: decodePart(header, 'RFC 7515 §4'),
    payload: decodePart(payload, 'RFC 7519 §4'),
  }
  const answers = given === undefined ? [] : await ask(token, questionOf(given, options, now))
  return {
    ...parts,
    signature: { raw: signature, words: saySignature(signature, parts.header.decoded?.alg) },
    parameters: explain(parts.header, sayParameter),
    claims: explain(parts.payload, (name, value) => sayClaim(name, value, now)),
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

type Explain = (name: string, value: unknown) => Omit<Explained, 'value' | 'written'>

function explain({ decoded = {}, written }: Part, say: Explain): Explained[] {
  return Object.entries(decoded).map(([name, value]) => ({
    ...say(name, value),
    ...{ value, written: written?.get(name) ?? '' },
  }))
}

function notesWithoutKey({ type, issuer, audience }: Options): string[] {
  const named = [type, issuer, audience].some((value) => value !== undefined)
  return named ? ['Not checked: --type, --issuer and --audience need a key beside them.'] : []
}
