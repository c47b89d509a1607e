import { sayClaim } from '../example/token/say-claim.ts'
import { ask } from './ask.ts'
import { conclude, isProven, onlyDecoded } from './conclusion.ts'
import type { Found } from './find-token.ts'
import type { Given } from './given.ts'
import { sayParameter } from './header-meanings.ts'
import type { Options } from './options.ts'
import { decodePart, saySignature } from './part.ts'

/** Everything that the inspector knows about one token, to be said in words or in JSON. */
export type Report = Awaited<ReturnType<typeof reportOn>>

/** Takes a token apart, and runs every check when there is a key. */
export async function reportOn(
  { token, notes }: Found,
  { given, options, now }: { given: Given | undefined; options: Options; now: number },
) {
  const [first = '', second = '', third = ''] = token.split('.', 3)
  const header = decodePart(first, sayParameter)
  const payload = decodePart(second, (name, value) => sayClaim(name, value, now))
  const answers = given === undefined ? [] : await ask(token, given, options, now)
  return {
    header,
    payload,
    signature: { raw: third, words: saySignature(third, header.decoded?.alg) },
    given,
    answers,
    proven: isProven(answers),
    verdict: given === undefined ? onlyDecoded : conclude(answers),
    notes: [...notes, ...(given?.notes ?? notesWithoutKey(options))],
  }
}

function notesWithoutKey({ type, issuer, audience }: Options): string[] {
  const named = [type, issuer, audience].some((name) => name !== undefined)
  return named ? ['Not checked: --type, --issuer and --audience need a key beside them.'] : []
}
