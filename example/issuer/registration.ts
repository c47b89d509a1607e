import { HttpError } from '../http/errors.ts'
import { algorithms } from '../token/algorithms.ts'
import { parseDuration, sayDuration } from '../token/duration.ts'
import {
  contentEncryptions,
  isKeyManagement,
  keyManagements,
  sayWhyNot,
} from '../token/encryption-algorithms.ts'
import { type Namespace, signatureAlgorithms } from './namespace.ts'
import { refreshPolicies } from './rotation.ts'

/** What an application may say about itself when it registers. All of it has a default. */
export const registrationFields = [
  'expiry',
  'sig_alg',
  'sig_bits',
  'enc_alg',
  'enc_bits',
  'cont_enc',
  'auth_ttl',
  'refresh_ttl',
  'refresh_strategy',
] as const

export type Wishes = Partial<Record<(typeof registrationFields)[number], unknown>>

export type Rules = Pick<
  Namespace,
  'alg' | 'encryption' | 'policy' | 'keySeconds' | 'maxAccessSeconds' | 'maxRefreshSeconds'
>

const refuse = (problem: string) => new HttpError(422, problem)

const day = 86_400

/** In seconds: nobody may wish for more, nor is it a setting. */
export const longest = { access: 7 * day, refresh: 365 * day, key: 3650 * day }

/**
 * The rules of a namespace, as its application wishes and where it says nothing by default.
 * @throws HttpError 422 with the field, and why
 */
export function rulesOf(wishes: Wishes, defaults: Rules): Rules {
  const { alg, encryption, policy, keySeconds, maxAccessSeconds, maxRefreshSeconds } = defaults
  const rules = {
    alg: algorithmOf(wishes, alg),
    encryption: encryptionOf(wishes, encryption),
    policy: oneOf(refreshPolicies, 'refresh_strategy', wishes.refresh_strategy) ?? policy,
    keySeconds: secondsOf('expiry', wishes.expiry, longest.key) ?? keySeconds,
    maxAccessSeconds: secondsOf('auth_ttl', wishes.auth_ttl, longest.access) ?? maxAccessSeconds,
    maxRefreshSeconds:
      secondsOf('refresh_ttl', wishes.refresh_ttl, longest.refresh) ?? maxRefreshSeconds,
  }
  if (rules.maxRefreshSeconds <= rules.maxAccessSeconds)
    throw refuse('refresh_ttl: must be longer than auth_ttl')
  if (rules.keySeconds <= rules.maxRefreshSeconds)
    throw refuse('expiry: must be longer than refresh_ttl')
  return rules
}

function algorithmOf({ sig_alg, sig_bits }: Wishes, fallback: Rules['alg']): Rules['alg'] {
  const alg = oneOf(signatureAlgorithms, 'sig_alg', sig_alg) ?? fallback
  const bits = bitsOf(alg)
  if (sig_bits !== undefined && sig_bits !== bits)
    throw refuse(`sig_bits: a key for ${alg} has ${bits} bits here`)
  return alg
}

/** How long the keys are that we make: a hash, a curve or an RSA modulus. */
function bitsOf(alg: Rules['alg']): number {
  const { keyType } = algorithms[alg]
  if (keyType === 'rsa') return rsaBits
  return alg === 'ES512' ? 521 : alg === 'EdDSA' ? 256 : Number(alg.slice(2))
}

const rsaBits = 3072
const curveBits = { 256: 'P-256', 384: 'P-384', 521: 'P-521' } as const

function encryptionOf(
  { enc_alg, enc_bits, cont_enc }: Wishes,
  fallback: Rules['encryption'],
): Rules['encryption'] {
  const alg = enc_alg ?? fallback.alg
  if (!isKeyManagement(alg)) throw refuse(`enc_alg: ${sayWhyNot(String(alg))}`)
  const enc = oneOf(contentEncryptions, 'cont_enc', cont_enc) ?? fallback.enc
  if (keyManagements[alg] === 'rsa') {
    if (enc_bits !== undefined && enc_bits !== rsaBits)
      throw refuse(`enc_bits: a key for ${alg} has ${rsaBits} bits here`)
    return { alg, enc, curve: fallback.curve }
  }
  const wanted = curveBits[enc_bits as keyof typeof curveBits] ?? fallback.curve
  if (enc_bits !== undefined && !Object.hasOwn(curveBits, String(enc_bits)))
    throw refuse('enc_bits: must be 256, 384 or 521')
  return { alg, enc, curve: wanted }
}

function oneOf<Name extends string>(
  known: readonly Name[],
  field: string,
  value: unknown,
): Name | undefined {
  const found = known.find((name) => name === value)
  if (value === undefined || found !== undefined) return found
  throw refuse(`${field}: must be one of ${known.join(', ')}`)
}

function secondsOf(field: string, value: unknown, most: number): number | undefined {
  if (value === undefined) return undefined
  const seconds = typeof value === 'string' ? parseDuration(value) : undefined
  // A number would have a unit that nobody sees.
  if (seconds === undefined) throw refuse(`${field}: must be a duration such as 90s, 15m or 72h`)
  if (seconds > most) throw refuse(`${field}: must be ${sayDuration(most)} or less`)
  return seconds
}
