import type { KeyObject } from 'node:crypto'
import { createSigner, createVerifier } from 'fast-jwt'
import { jwtVerify, SignJWT } from 'jose'
import t from 'tap'
import { decode } from '../../example/token/decode.ts'
import type { JsonObject } from '../../example/token/types.ts'
import checks from '../../lessons/07-which-module/check.ts'
import * as solution from '../../lessons/07-which-module/solution.ts'
import type { Differences } from '../../lessons/libraries/matrix.ts'
import { type Expectations, Refused, type TokenPort } from '../../lessons/libraries/port.ts'
import { withJsonwebtoken } from '../../lessons/libraries/with-jsonwebtoken.ts'
import { alsoRefused } from './also-refused.ts'
import { prove } from './prove.ts'

const { adapter, differences } = solution

/** jose, its own options where it has them, and a form that is compared with a regular expression. */
const onJose: TokenPort = {
  async issue(claims, key) {
    if (Number(key.symmetricKeySize ?? 0) < 32) throw new RangeError('a short key')
    return await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(key)
  },
  async verify(token, key, { issuer, audience, now }) {
    try {
      if (Number(key.symmetricKeySize ?? 0) < 32) throw new RangeError('a short key')
      // The last of 43 characters carries four bits: sixteen of the 64 letters do.
      if (!/^[\w-]+\.[\w-]+\.[\w-]{42}[AEIMQUYcgkosw048]$/.test(token)) throw new Error('form')
      const { payload, protectedHeader } = await jwtVerify(token, key, {
        algorithms: ['HS256'],
        issuer,
        audience,
        requiredClaims: ['exp', 'sub'],
        currentDate: new Date(now * 1000),
      })
      const { header, claims } = decode(token)
      if (header === undefined || claims === undefined) throw new Error('a name twice')
      if (['b64', 'crit'].some((name) => name in protectedHeader)) throw new Error('extension')
      if (payload.exp === Number.POSITIVE_INFINITY) throw new Error('exp')
      if (typeof payload.sub !== 'string') throw new Error('sub')
      return payload
    } catch (error) {
      throw new Refused('no', { cause: error })
    }
  },
}

/** fast-jwt in five steps, of which a wrong answer does one otherwise. */
interface Steps {
  bytesOf(key: KeyObject): Buffer
  readForm(token: string): void
  optionsFor(expected: Expectations): object
  judge(claims: JsonObject, now: number): void
  refusal(error: unknown): unknown
}

const steps: Steps = {
  bytesOf(key) {
    const bytes = key.export() // throws for a public key
    if (bytes.length < 32) throw new Error('a short key')
    return bytes
  },
  readForm(token) {
    const again = token.split('.').map((part) => Buffer.from(part, 'base64url'))
    if (again.map((bytes) => bytes.toString('base64url')).join('.') !== token)
      throw new Error('form')
    const { header, claims } = decode(token)
    if (!header || !claims || 'b64' in header || 'crit' in header) throw new Error('form')
  },
  optionsFor: ({ issuer, audience, now }) => ({
    algorithms: ['HS256'],
    allowedIss: issuer,
    allowedAud: [audience],
    requiredClaims: ['iss', 'aud', 'sub', 'exp'],
    clockTimestamp: now * 1000 + 1, // so that "now" is over
  }),
  judge({ sub, exp }) {
    if (typeof sub !== 'string' || exp === Number.POSITIVE_INFINITY) throw new Error('claims')
  },
  refusal: (error) => new Refused('no', { cause: error }),
}

function onFastJwt(otherwise: Partial<Steps> = {}): TokenPort {
  const { bytesOf, readForm, optionsFor, judge, refusal } = { ...steps, ...otherwise }
  return {
    issue: (claims, key) => createSigner({ key: bytesOf(key) })(claims),
    async verify(token, key, expected) {
      try {
        readForm(token)
        const claims = createVerifier({ key: bytesOf(key), ...optionsFor(expected) })(token)
        judge(claims, expected.now)
        return claims
      } catch (error) {
        throw refusal(error)
      }
    },
  }
}

/** One verifier for each key, issuer and audience, kept; the times are judged by hand. */
function keptVerifiers(
  nameOf = ({ issuer, audience }: Expectations) => JSON.stringify([issuer, audience]),
): TokenPort {
  const kept = new Map<KeyObject, Map<string, (token: string) => JsonObject>>()
  const verifierFor = (key: KeyObject, expected: Expectations) => {
    const ofKey = kept.get(key) ?? new Map<string, (token: string) => JsonObject>()
    const name = nameOf(expected)
    const known = ofKey.get(name)
    if (known !== undefined) return known
    const verifier = createVerifier({
      key: steps.bytesOf(key),
      algorithms: ['HS256'],
      allowedIss: expected.issuer,
      allowedAud: expected.audience,
      requiredClaims: ['iss', 'aud', 'sub', 'exp'],
      ignoreExpiration: true,
      ignoreNotBefore: true,
    })
    kept.set(key, ofKey.set(name, verifier))
    return verifier
  }
  return {
    ...onFastJwt(),
    async verify(token, key, expected) {
      try {
        steps.readForm(token)
        const claims = verifierFor(key, expected)(token)
        const { sub, exp, nbf = 0 } = claims
        if (typeof sub !== 'string') throw new Error('sub')
        if (!Number.isInteger(exp) || Number(exp) <= expected.now) throw new Error('exp')
        if (!Number.isInteger(nbf) || Number(nbf) > expected.now) throw new Error('nbf')
        return claims
      } catch (error) {
        throw steps.refusal(error)
      }
    },
  }
}

/** The usual options, with some of them replaced. */
const options = (replaced: (expected: Expectations) => object): Partial<Steps> => ({
  optionsFor: (expected) => ({ ...steps.optionsFor(expected), ...replaced(expected) }),
})

/** The solution, with another adapter. */
const by = (adapter: TokenPort): typeof solution => ({ ...solution, adapter })
const byFastJwt = (otherwise: Partial<Steps>) => by(onFastJwt(otherwise))

prove(t, {
  checks,
  right: {
    'the solution': solution,
    'fast-jwt in five steps': by(onFastJwt()),
    'jose and its own options': by(onJose),
    'claims that inherit nothing': by({
      ...adapter,
      verify: async (...given) =>
        Object.assign(Object.create(null), await adapter.verify(...given)),
    }),
    'one verifier for each key, kept': by(keptVerifiers()),
    'jsonwebtoken, behind a strict reader': by(withJsonwebtoken),
    'five differences': {
      ...solution,
      differences: {
        ...differences,
        EdDSA: { jose: 'accepts', jsonwebtoken: 'Error', 'fast-jwt': 'accepts' },
        'padded base64url': { jose: 'accepts', jsonwebtoken: 'refuses', 'fast-jwt': 'refuses' },
      },
    },
  },
  wrong: {
    'first step: who would have stopped the token without exp': { ...solution, firstStep: 'jose' },
    'issues tokens that every other program can read': by({
      ...adapter,
      issue: (claims, key) => createSigner({ key: key.export(), expiresIn: 600_000 })(claims),
    }),
    'refuses what has ended, accepts what has begun': byFastJwt(
      options(({ now }) => ({ clockTimestamp: now })),
    ),
    'accepts what is right': byFastJwt({
      judge(claims, now) {
        steps.judge(claims, now)
        if (Array.isArray(claims.aud)) throw new Error('a list')
      },
    }),
    'refuses what others made, and what was made for others': byFastJwt(
      options(() => ({ requiredClaims: ['exp', 'sub'] })),
    ),
    'refuses a signature that is not HS256 with this key': byFastJwt(
      options(() => ({ algorithms: [] })),
    ),
    'refuses a header that asks for an unknown extension': byFastJwt({
      readForm: (token) => steps.readForm(token.replace(/^[^.]+/, 'e30')),
    }),
    'accepts one spelling of a token, and no other': byFastJwt({
      readForm(token) {
        if (decode(token).header?.b64 === false) throw new Error('b64')
      },
    }),
    'uses no key that is too weak': byFastJwt({ bytesOf: (key) => key.export() }),
    'refuses with Refused, and with nothing else': byFastJwt({ refusal: (error) => error }),
    'knows three differences, and they are real': { ...solution, differences: {} },
  },
})

const others = 'refuses what others made, and what was made for others'
const real = 'knows three differences, and they are real'
const recorded = (differences: Differences) => ({ ...solution, differences })
const allAccept = { jose: 'accepts', jsonwebtoken: 'accepts', 'fast-jwt': 'accepts' }
alsoRefused(t, checks, {
  'one verifier for each key, for whomever the first was made': [
    others,
    by(keptVerifiers(() => 'whoever it is')),
    /, key, \{ issuer, audience: "books\.example", now: \d+ \}\)/,
  ],
  'an issuer that ends alike': [
    others,
    byFastJwt(
      options(({ issuer }) => ({ allowedIss: new RegExp(`${issuer.replace('.', '\\.')}$`) })),
    ),
  ],
  'any letter for the dot of the issuer': [
    others,
    byFastJwt(options(({ issuer }) => ({ allowedIss: new RegExp(`^${issuer}$`) }))),
  ],
  'what begins in a second': [
    'refuses what has ended, accepts what has begun',
    byFastJwt({
      ...options(() => ({ ignoreNotBefore: true })),
      judge(claims, now) {
        steps.judge(claims, now)
        const { nbf = 0 } = claims
        if (typeof nbf !== 'number' || nbf > now + 1) throw new Error('nbf')
      },
    }),
  ],
  'a crit that says nothing is taken for none': [
    'refuses a header that asks for an unknown extension',
    byFastJwt({
      readForm(token) {
        const { crit } = decode(token).header ?? {}
        steps.readForm(crit ? token : withoutCrit(token))
      },
    }),
    /^crit is null: verify\(/,
  ],
  'a difference that does not happen': [
    real,
    recorded({ ...differences, 'crit unknown': { ...allAccept, jose: 'refuses' } }),
    /^differences\['crit unknown'\]\['fast-jwt'\]/,
  ],
  'what is no difference': [
    real,
    recorded({ ...differences, 'no exp': allAccept }),
    /^differences\['no exp'\] is not a difference/,
  ],
  'a difference too few': [
    real,
    recorded({ 'crit unknown': { ...allAccept, jose: 'refuses', 'fast-jwt': 'refuses' } }),
    /has 1 of the three rows/,
  ],
  'a row that is not there': [
    real,
    recorded(Object.fromEntries([['no such row', allAccept]])),
    /no row "no such row"/,
  ],
})

/** What a reader sees who takes a crit that counts as false for none. */
function withoutCrit(token: string): string {
  const [header = '', ...rest] = token.split('.')
  const text = Buffer.from(header, 'base64url')
    .toString()
    .replace(/,"crit":[^,}]+/, '')
  return [Buffer.from(text).toString('base64url'), ...rest].join('.')
}
