import t from 'tap'
import { checks } from '../../../example/token/checks.ts'
import { TokenError } from '../../../example/token/errors.ts'
import { generateKey } from '../../../example/token/generate-key.ts'
import { issue } from '../../../example/token/issue.ts'
import { keySet } from '../../../example/token/key.ts'
import type { Check, CheckId } from '../../../example/token/types.ts'
import { begin, enforce, refusalOf, verify } from '../../../example/token/verify.ts'
import {
  forge,
  goodClaims,
  goodHeader,
  key,
  keys,
  NOW,
  policy,
  SESSION_ID,
  sessionToken,
} from '../../support/fixtures.ts'
import { ask } from './ask.ts'

const options = { keys, policy, now: NOW }

/** Runs it and gives back the error that it threw: a TokenError, or the test fails. */
async function refusal(attempt: Promise<unknown>): Promise<TokenError> {
  try {
    await attempt
  } catch (error) {
    if (error instanceof TokenError) return error
    throw error
  }
  throw new Error('It was accepted')
}

t.test('verify()', async (t) => {
  t.test('gives back the claims of a good token, all of them', async (t) => {
    const claims = { role: 'builder', nested: { list: [1, 2] } }
    t.strictSame(await verify(sessionToken(claims), options), goodClaims(claims))
  })

  // One token for each check, which fails at that check and at none before it.
  const failing: Record<CheckId, string> = {
    length: 'x'.repeat(policy.maxLength + 1),
    form: 'x.y',
    header: forge(goodClaims(), '[]'),
    type: forge(goodClaims(), { ...goodHeader, typ: 'JWT' }),
    algorithm: forge(goodClaims(), { ...goodHeader, alg: 'HS512' }),
    critical: forge(goodClaims(), { ...goodHeader, crit: ['x'] }),
    'embedded-key': forge(goodClaims(), { ...goodHeader, jku: 'https://keys.example' }),
    key: forge(goodClaims(), { ...goodHeader, kid: 'sessions-2' }),
    signature: forge(goodClaims(), goodHeader, 'another secret'),
    claims: forge('[]'),
    expiry: sessionToken({ iat: NOW - 60, exp: NOW }),
    lifetime: sessionToken({ exp: NOW + policy.maxLifetimeSeconds + 1 }),
    'not-before': sessionToken({ nbf: NOW + 1 }),
    'issued-at': sessionToken({ iat: NOW + 1 }),
    issuer: sessionToken({ iss: 'other' }),
    audience: sessionToken({ aud: 'other' }),
    identifiers: sessionToken({ jti: '1' }),
  }
  for (const { id } of checks) {
    t.test(`names the check that refused: ${id}`, async (t) => {
      t.equal((await refusal(verify(failing[id], options))).code, id)
    })
  }

  t.test('stops at the first check that fails', async (t) => {
    const wrongThrice = forge({}, { ...goodHeader, alg: 'none', kid: 'nobody' })
    t.equal((await refusal(verify(wrongThrice, options))).code, 'algorithm')
  })

  t.test('finds the key by its kid, among several', async (t) => {
    const retired = await generateKey({ kid: 'retired', alg: 'HS256' })
    const token = await issue(
      { subject: 'ada', id: SESSION_ID, lifetimeSeconds: 60 },
      { key: retired, policy, now: NOW },
    )
    t.equal((await verify(token, { ...options, keys: keySet(key, retired) })).sub, 'ada')
    t.equal((await refusal(verify(token, options))).code, 'key')
  })
})

t.test('begin() starts with nothing proven, whatever the options hold besides', async (t) => {
  const nothing = { segments: [], header: {}, key: undefined, payload: Buffer.of(), claims: {} }
  t.strictSame(begin('a.b.c', options), { token: 'a.b.c', ...options, ...nothing })
  const swollen = Object.assign({ claims: goodClaims(), key, segments: ['a'] }, options)
  t.strictSame(begin('a.b.c', swollen), { token: 'a.b.c', ...options, ...nothing })
})

t.test('refusalOf() and enforce()', async (t) => {
  const { verification } = await ask('form')
  const check = (refuse: Check['refuse']): Check => ({
    id: 'form',
    needs: [],
    rfc: '',
    promise: '',
    attack: '',
    input: () => '',
    refuse,
  })

  t.test('a check that gives no reason lets pass', async (t) => {
    const passing = check(() => undefined)
    t.equal(await refusalOf(passing, verification), undefined)
    t.equal(await enforce(passing, verification), undefined)
  })

  t.test('a reason becomes a TokenError of that id', async (t) => {
    const failing = check(async () => 'it is wrong')
    const error = await refusal(enforce(failing, verification))
    t.equal(`${error}`, 'TokenError: Cannot accept the token: it is wrong')
    t.equal(error.code, 'form')
  })

  t.test('whatever a check throws is a refusal, with the error as its cause', async (t) => {
    const cause = new RangeError('from a library')
    const throwing = check(() => {
      throw cause
    })
    const rejecting = check(() => Promise.reject(cause))
    for (const broken of [throwing, rejecting]) {
      const error = await refusal(enforce(broken, verification))
      t.strictSame([error.code, error.cause], ['form', cause])
      t.equal(error.message, 'Cannot accept the token: the form check does not hold')
    }
  })
})
