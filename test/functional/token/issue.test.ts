import { jwtVerify, SignJWT } from 'jose'
import jwt from 'jsonwebtoken'
import t from 'tap'
import { type Algorithm, algorithms } from '../../../example/token/algorithms.ts'
import { decode } from '../../../example/token/decode.ts'
import { generateKey } from '../../../example/token/generate-key.ts'
import { issue, type TokenRequest } from '../../../example/token/issue.ts'
import { type Key, keyPair, keySet, publicKey } from '../../../example/token/key.ts'
import { verify } from '../../../example/token/verify.ts'
import { goodClaims, goodHeader, key, NOW, policy, SESSION_ID } from '../../support/fixtures.ts'
import { rsa } from '../../support/rsa.ts'

const request: TokenRequest = { subject: 'ada', id: SESSION_ID, lifetimeSeconds: 3600 }

t.test('issue()', async (t) => {
  t.test('says what was asked for and what the policy says, and nothing else', async (t) => {
    const { header, claims } = decode(await issue(request, { key, policy, now: NOW }))
    t.strictSame(header, goodHeader)
    t.strictSame(claims, goodClaims())
  })

  t.test('writes times as whole seconds, exactly as far apart as asked', async (t) => {
    for (const lifetimeSeconds of [1, 60, 604_800]) {
      const token = await issue({ ...request, lifetimeSeconds }, { key, policy, now: NOW })
      const { iat, exp } = decode(token).claims ?? {}
      t.strictSame([iat, exp], [NOW, NOW + lifetimeSeconds])
    }
  })

  t.test('adds further claims', async (t) => {
    const claims = { role: 'builder', sid: SESSION_ID, tags: ['a', { b: 1 }] }
    const token = await issue({ ...request, claims }, { key, policy, now: NOW })
    t.strictSame(decode(token).claims, goodClaims(claims))
  })

  for (const name of ['iss', 'sub', 'aud', 'iat', 'exp', 'jti'])
    t.test(`refuses a further claim ${name}, which it says itself`, async (t) => {
      const message = await messageOf({ ...request, claims: { [name]: 'eve' } }, key)
      t.equal(message, 'Cannot issue a token: its claims hold one of iss, sub, aud, iat, exp, jti')
    })

  t.test('refuses a key that only verifies', async (t) => {
    const { verifyingKey } = await generateKey({ kid: 'a', alg: 'ES256' })
    const verifier = publicKey({ kid: 'a', alg: 'ES256', publicKey: verifyingKey })
    t.equal(await messageOf(request, verifier), 'Cannot issue a token: the key only verifies')
  })

  for (const lifetimeSeconds of [0, -1, 1.5, NaN, Infinity, '60' as unknown as number]) {
    t.test(`refuses a lifetime of ${JSON.stringify(lifetimeSeconds)}`, async (t) => {
      const message = await messageOf({ ...request, lifetimeSeconds }, key)
      t.equal(message, 'Cannot issue a token: its lifetime is not a whole number of seconds')
    })
  }

  t.test('refuses a longer lifetime than a verifier accepts', async (t) => {
    const message = await messageOf({ ...request, lifetimeSeconds: 604_801 }, key)
    t.equal(message, 'Cannot issue a token: its lifetime is over 604800 seconds')
  })
})

const messageOf = (request: TokenRequest, key: Key) =>
  issue(request, { key, policy, now: NOW }).then(
    () => 'accepted',
    (error: Error) => error.message,
  )

// Six algorithms share one RSA key here, for it takes long to find one; a server would never do so.
for (const alg of Object.keys(algorithms) as Algorithm[]) {
  const own: Key =
    algorithms[alg].keyType === 'rsa'
      ? keyPair({ kid: 'own', alg, ...rsa })
      : await generateKey({ kid: 'own', alg })
  const signingKey = own.signingKey as NonNullable<Key['signingKey']>
  const options = { keys: keySet(own), policy: { ...policy, algorithms: [alg] }, now: NOW }
  const header = { alg, typ: policy.type, kid: 'own' }

  t.test(`${alg}: what is issued, verify() accepts`, async (t) => {
    const token = await issue(request, { ...options, key: own })
    t.strictSame(await verify(token, options), goodClaims())
  })

  t.test(`${alg}: what is issued, jose accepts, and the other way round`, async (t) => {
    const expected = { algorithms: [alg], typ: policy.type, currentDate: new Date(NOW * 1000) }
    const ours = await issue(request, { ...options, key: own })
    t.strictSame((await jwtVerify(ours, own.verifyingKey, expected)).payload, goodClaims())
    const theirs = await new SignJWT(goodClaims()).setProtectedHeader(header).sign(signingKey)
    t.strictSame(await verify(theirs, options), goodClaims())
  })

  if (alg === 'EdDSA') continue // which jsonwebtoken does not know
  t.test(`${alg}: what is issued, jsonwebtoken accepts, and the other way round`, async (t) => {
    const ours = await issue(request, { ...options, key: own })
    const accepted = jwt.verify(ours, own.verifyingKey, { algorithms: [alg], clockTimestamp: NOW })
    t.strictSame(accepted, goodClaims())
    const theirs = jwt.sign(goodClaims(), signingKey, { algorithm: alg, header })
    t.strictSame(await verify(theirs, options), goodClaims())
  })
}
