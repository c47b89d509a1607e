// S1 · RFC 8725 §3.1: the token may say which algorithm it uses, but it does not decide.
import { createHmac } from 'node:crypto'
import t from 'tap'
import { type Algorithm, algorithms } from '../../../example/token/algorithms.ts'
import { generateKey } from '../../../example/token/generate-key.ts'
import { issue } from '../../../example/token/issue.ts'
import {
  forge,
  goodClaims,
  goodHeader,
  NOW,
  policy,
  SECRET,
  segment,
} from '../../support/fixtures.ts'
import { holding, refusedBy } from './refused-by.ts'
import { shown } from './shown.ts'

for (const alg of ['HS384', 'HS512']) {
  t.test(`good claims under ${alg} with our own secret are refused`, async (t) => {
    const signingInput = `${segment({ ...goodHeader, alg })}.${segment(goodClaims())}`
    const mac = createHmac(`sha${alg.slice(2)}`, SECRET)
      .update(signingInput)
      .digest('base64url')
    t.equal(await refusedBy(`${signingInput}.${mac}`), 'algorithm')
  })
}

const ours = Object.keys(algorithms).filter((alg) => alg !== 'HS256')
const theirs = ['Ed25519', 'ES256K', 'HS1', 'RS1', 'A128KW', 'dir', 'RSA1_5', 'PBES2-HS256+A128KW']
const misspelled = ['hs256', 'Hs256', 'HS256 ', ' HS256', 'HS-256', 'HMAC', 'sha256', 'HS256\0', '']
const notTexts = [null, 0, 1, true, {}, [], ['HS256'], { alg: 'HS256' }]
const namesOfObjects = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', '0']

for (const alg of [...ours, ...theirs, ...misspelled, ...notTexts, ...namesOfObjects, undefined]) {
  t.test(`a good HS256 signature under alg ${shown(alg)} is refused`, async (t) => {
    t.equal(await refusedBy(forge(goodClaims(), { ...goodHeader, alg })), 'algorithm')
  })
}

t.test('an alg in the claims does not count', async (t) => {
  const { alg: _left, ...header } = goodHeader
  t.equal(await refusedBy(forge(goodClaims({ alg: 'HS256' }), header)), 'algorithm')
})

t.test('a list of two algorithms does not let a key be used with the other one', async (t) => {
  const key = await generateKey({ kid: 'one', alg: 'HS512' })
  const { keys } = holding(key)
  const both: readonly Algorithm[] = ['HS256', 'HS512']
  const request = { subject: 'ada', id: String(goodClaims().jti), lifetimeSeconds: 60 }
  const good = await issue(request, { key, policy, now: NOW })
  t.equal(await refusedBy(good, { keys, policy: { ...policy, algorithms: both } }), 'accepted')

  const secret = key.verifyingKey.export()
  const other = forge(goodClaims(), { ...goodHeader, kid: 'one' }, secret)
  t.equal(await refusedBy(other, { keys, policy: { ...policy, algorithms: both } }), 'key')
})
