// S35, S36, S37, S39, S41 · CVE-2024-28176, CVE-2026-27932, CVE-2017-16007, padding oracles: what an encrypted token
// may not choose. All of it ends in one error, which does not say what was wrong.
import { constants, generateKeyPairSync } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { CompactEncrypt } from 'jose'
import t from 'tap'
import type { KeyManagement } from '../../../example/token/encryption-algorithms.ts'
import { encryptionKey, generateEncryptionKey } from '../../../example/token/encryption-key.ts'
import { TokenError } from '../../../example/token/errors.ts'
import { encrypt, openNested } from '../../../example/token/jwe.ts'
import { segment, sessionToken } from '../../support/fixtures.ts'
import { rsa as rsaPair } from '../../support/rsa.ts'
import { forgeJwe } from './forge-jwe.ts'

const jws = sessionToken()
const { publicKey } = rsaPair
const rsa = encryptionKey({ kid: 'rsa', alg: 'RSA-OAEP-256', ...rsaPair })
const ec = await generateEncryptionKey({ alg: 'ECDH-ES+A256KW' })
const direct = await generateEncryptionKey({ alg: 'ECDH-ES' })
const keys = new Map([rsa, ec, direct].map((key) => [key.kid, key]))
const header = { alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: 'rsa', cty: 'JWT' }

/** What comes out, or the message of the one error; any other error is a hole of its own, and fails the test. */
async function outcome(token: unknown): Promise<string> {
  const options = { keys, contentEncryptions: ['A256GCM'] as const, maxLength: 4096 }
  try {
    return await openNested(token as string, options, async (inner) => inner)
  } catch (error) {
    if (!(error instanceof TokenError) || error.code !== 'encryption') throw error
    return error.message
  }
}
const refusal = 'Cannot accept the token: it cannot be decrypted'

const good = forgeJwe(publicKey, header, jws)
const ofEc = await encrypt(jws, { key: ec, enc: 'A256GCM' })
const ofDirect = await encrypt(jws, { key: direct, enc: 'A256GCM' })
const parts = good.split('.')
const replaced = (n: number, part: string, token = good) => token.split('.').with(n, part).join('.')
/** The same token, with something else in its header. */
const saying = (more: object, token = good) => {
  const [first = ''] = token.split('.')
  const said = JSON.parse(Buffer.from(first, 'base64url').toString())
  return replaced(0, segment({ ...said, ...more }), token)
}
const forged = (more: object, plaintext: string | Buffer = jws, how = {}) =>
  forgeJwe(publicKey, { ...header, ...more }, plaintext, how)
const byJose = async (key: typeof ec, more: object) =>
  new CompactEncrypt(Buffer.from(jws))
    .setProtectedHeader({ alg: key.alg, enc: 'A256GCM', kid: key.kid, cty: 'JWT', ...more })
    .encrypt(key.encryptingKey)

t.test('the tokens that are changed here are good before', async (t) => {
  for (const token of [good, ofEc, ofDirect]) t.equal(await outcome(token), jws)
})

const offCurve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey
const point = offCurve.export({ format: 'jwk' })
const otherCurve = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey
const bytesOf = (n: number) => Buffer.from(parts[n] ?? '', 'base64url')

const attacks: Record<string, Record<string, unknown>> = {
  'another way to encrypt the key, though it was done that way': {
    RSA1_5: forged({ alg: 'RSA1_5' }, jws, { padding: constants.RSA_PKCS1_PADDING }),
    'RSA-OAEP with SHA-1': forged({ alg: 'RSA-OAEP' }, jws, { oaepHash: 'sha1' }),
    'RSA-OAEP-256 over PKCS #1': forged({}, jws, { padding: constants.RSA_PKCS1_PADDING }),
    'ECDH-ES for a key of ECDH-ES+A256KW': await byJose(
      { ...ec, alg: 'ECDH-ES' as KeyManagement },
      {},
    ),
    'ECDH-ES+A256KW for a key of ECDH-ES': await byJose({ ...direct, alg: ec.alg }, {}),
  },
  'another name for it': Object.fromEntries(
    ['none', 'dir', 'A256KW', 'A256GCMKW', 'ECDH-ES', 'rsa-oaep-256', '', 0, null].map((alg) => [
      `${alg}`,
      saying({ alg }),
    ]),
  ),
  'a key of another kind': {
    'RSA for the curve': saying({ kid: ec.kid }),
    'the curve for RSA': saying({ kid: 'rsa' }, ofEc),
    'a curve for a curve': saying({ kid: direct.kid }, ofEc),
    nobody: saying({ kid: 'nobody' }),
    __proto__: saying({ kid: '__proto__' }),
    'no name': saying({ kid: undefined }),
    'a list': saying({ kid: ['rsa'] }),
  },
  'another way to encrypt the content': {
    'one that is not accepted here': await byJose(ec, { enc: 'A128GCM' }),
    'CBC, which has padding': await byJose(ec, { enc: 'A128CBC-HS256' }),
    'a name only': saying({ enc: 'A128GCM' }),
    none: saying({ enc: undefined }),
  },
  compression: {
    'of an honest token': forged({ zip: 'DEF' }, deflateRawSync(jws)),
    'of two megabytes in two kilobytes': forged(
      { zip: 'DEF' },
      deflateRawSync(Buffer.alloc(2_000_000)),
    ),
    'that is not known': forged({ zip: 'GZ' }),
  },
  'work without end': {
    'a billion rounds': saying({ alg: 'PBES2-HS256+A128KW', p2c: 2 ** 31 - 1, p2s: 'AAAAAAAAAAA' }),
    'and of our own algorithm': forged({ p2c: 2 ** 31 - 1 }),
  },
  'what its header may not say': {
    crit: forged({ crit: ['exp'], exp: 1 }),
    'a key': forged({ jwk: publicKey.export({ format: 'jwk' }) }),
    'an address': forged({ jku: 'https://evil.example' }),
    'anything unknown': forged({ more: true }),
    'a name twice': forgeJwe(publicKey, '{"alg":"dir","alg":"RSA-OAEP-256","enc":"A256GCM"}', jws),
    'no JSON': forgeJwe(publicKey, 'header', jws),
  },
  'content that is not a signed token': {
    'by its cty': forged({ cty: 'JSON' }),
    'in other letters': forged({ cty: 'jwt' }),
    'without one': forged({ cty: undefined }),
  },
  'a point': {
    'off the curve': saying({ epk: { ...point, y: point.x } }, ofEc),
    'off the curve, without wrapping': saying({ epk: { ...point, y: point.x } }, ofDirect),
    'on another curve': saying({ epk: otherCurve.export({ format: 'jwk' }) }, ofEc),
    'at nothing': saying({ epk: { ...point, x: '', y: '' } }, ofDirect),
    'that is missing': saying({ epk: undefined }, ofEc),
    'of another sender': saying({ epk: point }, ofEc),
  },
  bytes: {
    'a tag cut to 12 bytes': replaced(4, segment(bytesOf(4).subarray(0, 12))),
    'a tag cut to 4 bytes': replaced(4, segment(bytesOf(4).subarray(0, 4))),
    'another tag': replaced(4, segment(Buffer.alloc(16))),
    'no tag': replaced(4, ''),
    'a nonce of 16 bytes': forged({}, jws, { nonceLength: 16 }),
    'no nonce': replaced(2, ''),
    'another key': replaced(1, forgeJwe(publicKey, header, jws).split('.')[1] ?? ''),
    'a key that is no key': replaced(1, segment(Buffer.alloc(256, 7))),
    'no key': replaced(1, ''),
    'a key where there is none': replaced(1, 'AAAA', ofDirect),
    'no content': replaced(3, ''),
  },
  form: {
    'four parts': parts.slice(0, 4).join('.'),
    'six parts': `${good}.AAAA`,
    'a signed token': jws,
    padding: `${good}==`,
    'a space': `${good} `,
    'a line break within': replaced(3, `${parts[3]?.slice(0, 4)}\n${parts[3]?.slice(4)}`),
    'unused bits': `${good.slice(0, -1)}${good.endsWith('A') ? 'B' : 'R'}`,
    JSON: JSON.stringify({ protected: parts[0], encrypted_key: parts[1], iv: parts[2] }),
    nothing: '',
    'no text': 17,
    'more than we look at': forged({}, jws.padEnd(4096, ' ')),
    '100,000 dots': '.'.repeat(100_000),
  },
}
for (const [kind, tokens] of Object.entries(attacks))
  t.test(`${kind}: refused, and by the same words`, async (t) => {
    for (const [what, token] of Object.entries(tokens)) t.equal(await outcome(token), refusal, what)
  })
