import { KeyObject } from 'node:crypto'
import { createSigner, createVerifier, TokenError as FastJwtError } from 'fast-jwt'
import { errors, jwtVerify, SignJWT } from 'jose'
import jwt from 'jsonwebtoken'
import { TokenError } from '../../example/token/errors.ts'
import { issue } from '../../example/token/issue.ts'
import { keySet, publicKey, secretKey } from '../../example/token/key.ts'
import type { JsonObject, Policy } from '../../example/token/types.ts'
import { verify } from '../../example/token/verify.ts'
import { NotAccepted, signByHand, verifyByHand } from './by-hand.ts'
import type { Expectations } from './port.ts'

type AnyKey = string | Uint8Array | KeyObject

export interface Asked extends Expectations {
  readonly key: AnyKey
  /** Which algorithms are accepted; `undefined`: the caller forgot to say. */
  readonly algorithms: ['HS256'] | ['EdDSA'] | undefined
}

/** A library as its own documentation shows it, with the algorithm, the issuer and the audience named. */
export interface Bare {
  sign(claims: JsonObject, key: AnyKey): unknown
  verify(token: string, asked: Asked): unknown
  /** Is this the error that its documentation tells callers to expect? */
  owns(error: unknown): boolean
}

const byHand: Bare = {
  sign: signByHand,
  verify: (token, { key, ...expectations }) => verifyByHand(token, key, expectations),
  owns: (error) => error instanceof NotAccepted,
}

const jose: Bare = {
  // @ts-expect-error its types refuse a string: here we see what happens to those who have no types
  sign: (claims, key) => new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(key),
  async verify(token, { key, algorithms, issuer, audience, now }) {
    const currentDate = new Date(now * 1000)
    const options = { issuer, audience, currentDate, ...(algorithms && { algorithms }) }
    // @ts-expect-error the same
    const { payload } = await jwtVerify(token, key, options)
    return payload
  },
  owns: (error) => error instanceof errors.JOSEError,
}

const jsonwebtoken: Bare = {
  sign: (claims, key) => jwt.sign(claims, asBuffer(key)),
  verify: (token, { key, algorithms, issuer, audience, now }) =>
    // @ts-expect-error its types do not know EdDSA, and neither does the library
    jwt.verify(token, asBuffer(key), {
      issuer,
      audience,
      clockTimestamp: now,
      ...(algorithms && { algorithms }),
    }),
  owns: (error) => error instanceof jwt.JsonWebTokenError,
}

const fastJwt: Bare = {
  // @ts-expect-error its types refuse a KeyObject: it takes a string or a Buffer
  sign: (claims, key) => createSigner({ key: asBuffer(key) })(claims),
  verify: (token, { key, algorithms, issuer, audience, now }) =>
    createVerifier({
      // @ts-expect-error the same
      key: asBuffer(key),
      allowedIss: issuer,
      allowedAud: audience,
      clockTimestamp: now * 1000,
      ...(algorithms && { algorithms }),
    })(token),
  owns: (error) => error instanceof FastJwtError,
}

/** The code that our servers run. It has no way to leave the algorithm open: every key is bound to one. */
const example: Bare = {
  sign: (_claims, key) =>
    issue(
      { subject: 'ada', id: '6d1c2b3a-9f8e-4a7b-8c6d-5e4f3a2b1c0d', lifetimeSeconds: 600 },
      { key: ownKey(key), policy: ownPolicy({ issuer: '', audience: '' }), now: 0 },
    ),
  verify(token, { key, algorithms: [alg] = ['HS256'], now, ...names }) {
    const policy = { ...ownPolicy(names), algorithms: [alg] }
    return verify(token, { keys: keySet(ownKey(key, alg)), policy, now })
  },
  owns: (error) => error instanceof TokenError,
}

export const libraries = {
  'by hand': byHand,
  jose,
  jsonwebtoken,
  'fast-jwt': fastJwt,
  ours: example,
} satisfies Record<string, Bare>

function ownKey(key: AnyKey, alg: 'HS256' | 'EdDSA' = 'HS256') {
  const kid = 'lesson-7'
  if (alg === 'EdDSA' && !(key instanceof Uint8Array))
    return publicKey({ kid, alg, publicKey: key })
  if (key instanceof KeyObject)
    return { kid, alg, use: 'sig' as const, signingKey: key, verifyingKey: key }
  // @ts-expect-error its types refuse a string, and so does the function
  return secretKey({ kid, alg, secret: key })
}

function ownPolicy(names: { issuer: string; audience: string }): Policy {
  const limits = { maxLength: 4096, maxLifetimeSeconds: 604_800, leewaySeconds: 0 }
  return { algorithms: ['HS256'], type: 'JWT', ...names, ...limits }
}

// Both want Node's Buffer where bytes are meant.
function asBuffer(key: AnyKey) {
  return key instanceof Uint8Array ? Buffer.from(key) : key
}
