import type { Algorithm } from './algorithms.ts'
import type { Key, KeySet } from './key.ts'

export type JsonObject = Record<string, unknown>

/** What a verifier accepts: decided before any token arrives, never by the token (RFC 8725 §3.1). */
export interface Policy {
  readonly algorithms: readonly Algorithm[]
  /** The `typ` of this kind of token, so that no other kind passes for it (RFC 8725 §3.11). */
  readonly type: string
  readonly issuer: string
  readonly audience: string
  /** The longest token that is looked at, in characters. */
  readonly maxLength: number
  /** The longest time between `iat` and `exp`. */
  readonly maxLifetimeSeconds: number
  /** How far two clocks may disagree: at most 60, or a verifier is not made. */
  readonly leewaySeconds: number
}

/** The claims of a token that passed every check (RFC 7519 §4.1). */
export interface TokenClaims {
  readonly iss: string
  readonly sub: string
  readonly aud: string | readonly string[]
  readonly exp: number
  readonly iat: number
  readonly jti: string
  readonly nbf?: number
  readonly sid?: string
  readonly [name: string]: unknown
}

export interface VerifyOptions {
  readonly keys: KeySet
  readonly policy: Policy
  /** The time of the verification, in seconds since 1970. */
  readonly now: number
}

/** One verification under way. The mutable half is empty until the check that fills it has passed. */
export interface Verification {
  readonly token: string
  readonly keys: KeySet
  readonly policy: Policy
  readonly now: number
  segments: readonly string[]
  header: JsonObject
  key: Key | undefined
  payload: Buffer
  claims: JsonObject
}

export type CheckId =
  | 'length'
  | 'form'
  | 'header'
  | 'type'
  | 'algorithm'
  | 'critical'
  | 'embedded-key'
  | 'key'
  | 'signature'
  | 'claims'
  | 'expiry'
  | 'lifetime'
  | 'not-before'
  | 'issued-at'
  | 'issuer'
  | 'audience'
  | 'identifiers'

/** Why a token is refused: one that cannot be decrypted reaches no check. */
export type RefusalCode = CheckId | 'encryption'

/** One line of the list that every token must pass. */
export interface Check {
  readonly id: CheckId
  /** Where to read about it. */
  readonly rfc: string
  /** What holds once it has passed. */
  readonly promise: string
  /** What an attacker gains where it is missing. */
  readonly attack: string
  /** What must hold before it means anything: a failure hides the checks that need it, and no others. */
  readonly needs: readonly CheckId[]
  /** What it looks at, for people to read. */
  input(verification: Verification): string
  /** The reason why the token is refused; `undefined` when the check passes. */
  refuse(verification: Verification): string | undefined | Promise<string | undefined>
  /** The rule of our own that it follows where no RFC decides; `undefined` where an RFC does. For people to read. */
  ours?(verification: Verification, failed: boolean): string | undefined
}

/** A check that asks the claims and the time alone, and answers at once. */
export interface TimeCheck extends Check {
  refuse(verification: Pick<Verification, 'claims' | 'policy' | 'now'>): string | undefined
}
