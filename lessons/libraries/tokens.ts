import { createHmac, createSecretKey } from 'node:crypto'
import type { JsonObject } from '../../example/token/types.ts'

/** All tokens of this lesson live in this second: 2033-05-18T03:33:20Z. */
export const NOW = 2_000_000_000

/** 36 bytes for this lesson and for nothing else: everybody can read them here. */
export const secret = Buffer.from('lesson 7 only, and never in a server')
export const key = createSecretKey(secret)

export const issuer = 'issuer.example'
export const audience = 'api.example'

const goodHeader: JsonObject = { alg: 'HS256', typ: 'JWT' }

export const goodClaims: Readonly<JsonObject> = Object.freeze({
  iss: issuer,
  sub: 'ada',
  aud: audience,
  iat: NOW - 60,
  exp: NOW + 600,
})

/** How a token differs from a good one. JSON that `JSON.stringify` cannot write comes as a string or as bytes. */
export interface Difference {
  /** Claims to replace; `undefined` leaves one out. */
  readonly claims?: JsonObject
  /** Header parameters to replace; `undefined` leaves one out. */
  readonly header?: JsonObject
  readonly payloadText?: string | Buffer
  readonly headerText?: string
  readonly secret?: Buffer
  readonly hash?: 'sha256' | 'sha384' | 'sha512'
}

/** A good token but for the difference, signed by hand: a library would refuse to write half of them. */
export function token(difference: Difference = {}): string {
  const { claims, header, hash = 'sha256' } = difference
  const headerText = difference.headerText ?? JSON.stringify({ ...goodHeader, ...header })
  const payload = difference.payloadText ?? JSON.stringify({ ...goodClaims, ...claims })
  const signingInput = `${base64url(headerText)}.${base64url(payload)}`
  const mac = createHmac(hash, difference.secret ?? secret).update(signingInput)
  return `${signingInput}.${mac.digest('base64url')}`
}

/** Claims as JSON in which one value is written exactly as given, such as `1e999`. */
export function literally(name: string, json: string, claims = goodClaims): string {
  return JSON.stringify({ ...claims, [name]: 'HERE' }).replace('"HERE"', json)
}

/** Changes the segment of a token at this place: 0 the header, 1 the payload, 2 the signature. */
export function respell(text: string, place: 0 | 1 | 2, change: (segment: string) => string) {
  return text
    .split('.')
    .map((segment, index) => (index === place ? change(segment) : segment))
    .join('.')
}

/** The same bytes in another spelling: the last of 43 characters carries two bits that nobody reads. */
export function flipSpareBit(segment: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return segment.slice(0, -1) + alphabet[alphabet.indexOf(segment.slice(-1)) ^ 1]
}

/** A token for people: what its header and payload say, as far as anybody can tell. */
export function readable(text: unknown): string {
  if (typeof text !== 'string') return String(text)
  const [header = '', payload = '', ...rest] = text.split('.')
  const said = [header, payload].map((segment) =>
    Buffer.from(segment, 'base64url').toString().replaceAll(',"', ', "'),
  )
  return rest.length === 0 ? JSON.stringify(text) : [...said, ...rest.map(cut)].join(' . ')
}

function cut(segment: string): string {
  return segment.length > 12 ? `${segment.slice(0, 6)}…` : segment
}

function base64url(content: string | Buffer): string {
  return Buffer.from(content).toString('base64url')
}
