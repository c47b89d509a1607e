import t from 'tap'
import {
  contentEncryptions,
  type KeyManagement,
} from '../../../example/token/encryption-algorithms.ts'
import { encryptionKey, generateEncryptionKey } from '../../../example/token/encryption-key.ts'
import { encrypt, openNested } from '../../../example/token/jwe.ts'
import { verify } from '../../../example/token/verify.ts'
import { keys, NOW, policy, sessionToken } from '../../support/fixtures.ts'
import { rsa } from '../../support/rsa.ts'

const jws = sessionToken({ sub: 'ada' })
const keyFor = async (alg: KeyManagement) =>
  alg.startsWith('RSA')
    ? encryptionKey({ kid: 'rsa', alg, ...rsa })
    : await generateEncryptionKey({ alg, curve: 'P-384' })
const algorithms = [
  'RSA-OAEP',
  'RSA-OAEP-256',
  'ECDH-ES',
  'ECDH-ES+A128KW',
  'ECDH-ES+A192KW',
  'ECDH-ES+A256KW',
] as const
for (const alg of algorithms)
  t.test(`${alg}: what was encrypted is opened, and proven`, async (t) => {
    const key = await keyFor(alg)
    for (const enc of contentEncryptions) {
      const jwe = await encrypt(jws, { key, enc })
      const header = JSON.parse(Buffer.from(jwe.split('.')[0] ?? '', 'base64url').toString())
      t.hasStrict(header, { alg, enc, kid: key.kid, cty: 'JWT' })
      const options = { keys: new Map([[key.kid, key]]), contentEncryptions, maxLength: 4096 }
      const claims = await openNested(jwe, options, (inner) =>
        verify(inner, { keys, policy, now: NOW }),
      )
      t.equal(claims.sub, 'ada')
    }
  })

t.test('no two tokens share a nonce, or an ephemeral key', async (t) => {
  const key = await generateEncryptionKey({ alg: 'ECDH-ES' })
  const tokens = await Promise.all(
    Array.from({ length: 50 }, () => encrypt(jws, { key, enc: 'A256GCM' })),
  )
  const parts = tokens.map((token) => token.split('.'))
  t.equal(new Set(parts.map(([, , nonce]) => nonce)).size, 50)
  t.equal(new Set(parts.map(([header]) => header)).size, 50, 'each has its own epk')
})
