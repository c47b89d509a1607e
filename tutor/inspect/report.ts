import { sayClaim } from '../../example/token/say-claim.ts'
import type { JsonObject } from '../../example/token/types.ts'
import { type Answer, ask } from './ask.ts'
import type { Found } from './find-token.ts'
import type { Given } from './given.ts'
import { sayParameter } from './header-meanings.ts'
import type { Options } from './options.ts'
import { decodePart, type Part, saySignature } from './part.ts'
import { questionOf } from './question.ts'
import { isProven, judge, onlyDecoded, type Verdict } from './verdict.ts'

/** A header parameter or a claim, with its explanation. */
export interface Explained {
  readonly name: string
  readonly value: unknown
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
  readonly verdict: Verdict
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
    parameters: explain(parts.header.decoded, sayParameter),
    claims: explain(parts.payload.decoded, (name, value) => sayClaim(name, value, now)),
    given,
    answers,
    proven: isProven(answers),
    verdict: given === undefined ? onlyDecoded : judge(answers),
    notes: [...notes, ...(given?.notes ?? notesWithoutKey(options))],
  }
}

type Explain = (name: string, value: unknown) => Omit<Explained, 'value'>

function explain(members: JsonObject = {}, say: Explain): Explained[] {
  return Object.entries(members).map(([name, value]) => {
    const { meaning, rfc, inWords } = say(name, value)
    return { name, value, meaning, rfc, inWords }
  })
}

function notesWithoutKey({ type, issuer, audience }: Options): string[] {
  const named = [type, issuer, audience].some((value) => value !== undefined)
  return named ? ['Not checked: --type, --issuer and --audience need a key beside them.'] : []
}
