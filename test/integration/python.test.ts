// Tokens have no language: what is issued here is verified in Python, with two libraries that others wrote, and theirs
// is verified here. They read our keys from the set that is published.
import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import * as v from 'valibot'
import { type Algorithm, algorithms, isAlgorithm } from '../../example/token/algorithms.ts'
import {
  contentEncryptions,
  isKeyManagement,
  keyManagements,
} from '../../example/token/encryption-algorithms.ts'
import { encryptionKey, generateEncryptionKey } from '../../example/token/encryption-key.ts'
import { generateKey } from '../../example/token/generate-key.ts'
import { issue } from '../../example/token/issue.ts'
import { encrypt, openNested } from '../../example/token/jwe.ts'
import { jwkSet, publicJwk, readJwkSet } from '../../example/token/jwks.ts'
import { keyPair, keySet } from '../../example/token/key.ts'
import { privateJwk } from '../../example/token/private-jwk.ts'
import { verify } from '../../example/token/verify.ts'
import { findPython } from '../../scripts/find-program.ts'
import { policy, SESSION_ID } from '../support/fixtures.ts'

const now = Math.floor(Date.now() / 1000) // Python has a clock of its own
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey // one will do for all of its kind
const all = Object.keys(algorithms).filter(isAlgorithm)
const keys = await Promise.all(
  all.map((alg) =>
    algorithms[alg].keyType === 'rsa'
      ? keyPair({ kid: `rsa-${alg}`, alg, privateKey: rsa })
      : generateKey({ alg }),
  ),
)
const isSecret = ({ verifyingKey }: (typeof keys)[number]) => verifyingKey.type === 'secret'
const jwks = jwkSet(keys.filter((key) => !isSecret(key)))
const policyFor = (alg: Algorithm) => ({ ...policy, algorithms: [alg] })
const issued = await Promise.all(
  keys.map(async (key) => {
    const request = { subject: 'ada', id: SESSION_ID, lifetimeSeconds: 600 }
    return await issue(request, { key, policy: policyFor(key.alg), now })
  }),
)

const encryptionKeys = await Promise.all(
  Object.keys(keyManagements)
    .filter(isKeyManagement)
    .map((alg) =>
      keyManagements[alg] === 'rsa'
        ? encryptionKey({ kid: `rsa-${alg}`, alg, privateKey: rsa })
        : generateEncryptionKey({ alg, curve: 'P-384' }),
    ),
)
const jws = issued[0] ?? ''
const encrypted = await Promise.all(
  encryptionKeys.flatMap((key) =>
    contentEncryptions.map(async (enc) => ({ key, enc, token: await encrypt(jws, { key, enc }) })),
  ),
)

const [es256 = ''] = issued.filter((_, n) => keys[n]?.alg === 'ES256')
const otherClaims = Buffer.from(JSON.stringify({ sub: 'eve' })).toString('base64url')
const forged = es256.split('.').with(1, otherClaims).join('.')

const byEach = v.object({ PyJWT: v.string(), jwcrypto: v.string() })
const answer = v.parse(
  v.object({
    verified: v.array(byEach),
    signed: v.record(v.string(), byEach),
    decrypted: v.array(v.string()),
    encrypted: v.array(v.string()),
  }),
  ask({
    issuer: policy.issuer,
    audience: policy.audience,
    header: { typ: policy.type },
    claims: {
      ...{ iss: policy.issuer, aud: policy.audience, sub: 'ada', jti: SESSION_ID },
      ...{ iat: now, exp: now + 600 },
    },
    jwks,
    private: Object.fromEntries(keys.map((key) => [key.alg, privateJwk(key)])),
    signed: [...issued.map((token, n) => [keys[n]?.alg, token]), ['ES256', forged]],
    encrypted: encrypted.map(({ key, enc, token }) => ({
      ...{ enc, token, text: jws, public: publicJwk(key), private: privateJwk(key) },
    })),
  }),
)

for (const [n, key] of keys.entries()) {
  const { alg } = key
  t.test(`${alg}: ours is verified in Python, and theirs here`, async (t) => {
    t.strictSame(answer.verified[n], { PyJWT: 'ada', jwcrypto: 'ada' })
    const held = isSecret(key) ? keySet(key) : readJwkSet(jwks, { algorithms: [alg] })
    for (const [library, token] of Object.entries(answer.signed[alg] ?? {})) {
      const claims = await verify(token, { keys: held, policy: policyFor(alg), now })
      t.equal(claims.sub, 'ada', library)
    }
  })
}

t.test('a token that somebody has changed is refused there, too', async (t) => {
  t.strictSame(answer.verified.at(-1), {
    PyJWT: 'InvalidSignatureError',
    jwcrypto: 'InvalidJWSSignature',
  })
})

for (const [n, { key, enc }] of encrypted.entries())
  t.test(`${key.alg} with ${enc}: ours is opened in Python, and theirs here`, async (t) => {
    t.equal(answer.decrypted[n], jws)
    const options = { keys: new Map([[key.kid, key]]), contentEncryptions, maxLength: 8192 }
    const inner = await openNested(answer.encrypted[n] ?? '', options, async (jws) => jws)
    t.equal(inner, jws)
  })

/** One process for all, since it takes half a second to start. */
function ask(job: object): unknown {
  const script = fileURLToPath(new URL('../support/interoperate.py', import.meta.url))
  const input = JSON.stringify(job)
  try {
    return JSON.parse(execFileSync(findPython(), [script], { input, encoding: 'utf8' }))
  } catch (cause) {
    throw new Error('Cannot ask Python: it wants PyJWT and jwcrypto. Run: npm run setup', { cause })
  }
}
