// S38 · CVE-2026-29000, CVE-2023-51774: everybody has the public key, so an encrypted token may be anybody's.
import t from 'tap'
import { contentEncryptions } from '../../../example/token/encryption-algorithms.ts'
import { encryptionKey } from '../../../example/token/encryption-key.ts'
import { openNested } from '../../../example/token/jwe.ts'
import { verify } from '../../../example/token/verify.ts'
import {
  forge,
  goodClaims,
  goodHeader,
  keys,
  NOW,
  policy,
  segment,
  sessionToken,
} from '../../support/fixtures.ts'
import { codeOf } from '../../support/refusal.ts'
import { rsa } from '../../support/rsa.ts'
import { forgeJwe } from './forge-jwe.ts'
import { refusedBy } from './refused-by.ts'

const key = encryptionKey({ kid: 'rsa', alg: 'RSA-OAEP-256', ...rsa })
const header = { alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: 'rsa', cty: 'JWT' }
const encrypted = (inner: string | Buffer) => forgeJwe(rsa.publicKey, header, inner)
const open = (token: string) =>
  codeOf(
    openNested(
      token,
      { keys: new Map([[key.kid, key]]), contentEncryptions, maxLength: 8192 },
      (jws) => verify(jws, { keys, policy, now: NOW }),
    ),
  )
const pem = rsa.publicKey.export({ type: 'spki', format: 'pem' })

const inside: Record<string, [inner: string | Buffer, code: string]> = {
  'a token of ours': [sessionToken(), 'accepted'],
  'claims alone': [JSON.stringify(goodClaims()), 'form'],
  'an unsecured token': [
    `${segment({ ...goodHeader, alg: 'none' })}.${segment(goodClaims())}.`,
    'algorithm',
  ],
  'a token that somebody else signed': [forge(goodClaims(), goodHeader, 'guessed'), 'signature'],
  'one that is signed with the public key': [forge(goodClaims(), goodHeader, pem), 'signature'],
  'one that has expired': [sessionToken({ exp: NOW - 1 }), 'expiry'],
  'one of another kind': [forge(goodClaims(), { ...goodHeader, typ: 'at+jwt' }), 'type'],
  'another encrypted one': [encrypted(sessionToken()), 'form'],
  'bytes that are no text': [Buffer.from([0xff, 0xfe, 0x00]), 'form'],
  nothing: ['', 'encryption'],
}
for (const [what, [inner, code]] of Object.entries(inside))
  t.test(`${what} inside: ${code}`, async (t) => {
    t.equal(await open(encrypted(inner)), code)
  })

t.test(
  'an encrypted token is none where a signed one is due, nor the other way round',
  async (t) => {
    t.equal(await refusedBy(encrypted(sessionToken())), 'form')
    t.equal(await open(sessionToken()), 'encryption')
  },
)
