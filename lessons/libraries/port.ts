import type { KeyObject } from 'node:crypto'
import type { JsonObject } from '../../example/token/types.ts'

/** What our programs want from a token library, whichever it is: HS256, and these two verbs. */
export interface TokenPort {
  /** Writes these claims, signed with a secret of at least 32 bytes. Throws where the key is weaker. */
  issue(claims: JsonObject, key: KeyObject): Awaitable<string>
  /** Gives back the claims of a token that keeps every promise of contract.ts, or throws `Refused`. */
  verify(token: string, key: KeyObject, expectations: Expectations): Awaitable<JsonObject>
}

export interface Expectations {
  readonly issuer: string
  readonly audience: string
  /** The time of the verification, in seconds since 1970. */
  readonly now: number
}

/** The one error with which a token is refused. What the library threw goes into `cause`. */
export class Refused extends Error {
  override readonly name = 'Refused'

  constructor(reason: string, options?: ErrorOptions) {
    super(`Cannot accept the token: ${reason}`, options)
  }
}

/** Some libraries answer at once, others with a promise. Callers await both. */
type Awaitable<T> = T | Promise<T>
