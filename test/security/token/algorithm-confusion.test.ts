// S3 · RFC 8725 §2.1: a public key, which everybody has, used as the secret of an HMAC.
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import t from 'tap'
import type { Algorithm } from '../../../example/token/algorithms.ts'
import { signatureCheck } from '../../../example/token/checks-signature.ts'
import { type Key, keyPair, secretKey } from '../../../example/token/key.ts'
import { begin, refusalOf } from '../../../example/token/verify.ts'
import { forge, goodClaims, NOW, policy } from '../../support/fixtures.ts'
import { forgeWith } from '../../support/forge-with.ts'
import { rsa } from '../../support/rsa.ts'
import { holding, refusedBy } from './refused-by.ts'

const pair = (alg: Algorithm, privateKey: KeyObject) => keyPair({ kid: 'pair', alg, privateKey })
const keys = [
  pair('RS256', rsa.privateKey),
  pair('ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey),
  pair('EdDSA', generateKeyPairSync('ed25519').privateKey),
]

/** Every way to write a public key down: a MAC with the right one of them is what fooled so many. */
function spellingsOf({ verifyingKey }: Key): Record<string, string | Buffer> {
  const pem = verifyingKey.export({ type: 'spki', format: 'pem' }).toString()
  const jwk = verifyingKey.export({ format: 'jwk' })
  const lines = pem.trim().split('\n')
  return {
    PEM: pem,
    'PEM without its last line end': pem.trimEnd(),
    'PEM with a space in front': ` ${pem}`,
    'PEM with a line end in front': `\n${pem}`,
    'PEM with Windows line ends': pem.replaceAll('\n', '\r\n'),
    'PEM on one line': lines.join(''),
    'PEM with its line ends as text': pem.replaceAll('\n', '\\n'),
    'the lines of PEM without head and foot': lines.slice(1, -1).join('\n'),
    'the base64 text of PEM': lines.slice(1, -1).join(''),
    DER: verifyingKey.export({ type: 'spki', format: 'der' }),
    'a JWK': JSON.stringify(jwk),
    'a JWK with line ends': JSON.stringify(jwk, null, 2),
    'the modulus or coordinate as text': String(jwk.n ?? jwk.x),
    'the modulus or coordinate as bytes': Buffer.from(String(jwk.n ?? jwk.x), 'base64url'),
    nothing: '',
  }
}

for (const key of keys) {
  const { alg } = key

  t.test(`a verifier for ${alg} accepts what was signed with the private key`, async (t) => {
    t.equal(await refusedBy(forgeWith(key), holding(key)), 'accepted')
  })

  for (const [what, secret] of Object.entries(spellingsOf(key))) {
    t.test(`a verifier for ${alg} refuses an HMAC made with ${what}`, async (t) => {
      const token = (said: string) =>
        forge(goodClaims(), { alg: said, typ: policy.type, kid: 'pair' }, secret)
      t.equal(await refusedBy(token('HS256'), holding(key)), 'algorithm')
      t.equal(await refusedBy(token(alg), holding(key)), 'signature')

      // And were HS256 on the list by mistake, each layer below would still refuse.
      const careless = { ...policy, algorithms: [alg, 'HS256'] as const }
      t.equal(await refusedBy(token('HS256'), { ...holding(key), policy: careless }), 'key')
      const alone = { ...begin(token('HS256'), { ...holding(key), now: NOW }), key }
      t.equal((await refusalOf(signatureCheck, alone))?.code, 'signature')
    })
  }

  t.test(`a public key for ${alg} cannot be loaded as a secret`, async (t) => {
    const pem = key.verifyingKey.export({ type: 'spki', format: 'pem' })
    for (const secret of [pem, key.verifyingKey, key.verifyingKey.export({ format: 'jwk' })])
      t.throws(
        () => secretKey({ kid: 'pair', alg: 'HS256', secret: secret as unknown as Uint8Array }),
        { message: /^Cannot use the secret: it is not bytes$/ },
      )
  })
}

t.test(
  'a token signed with another private key is refused, in its own algorithm too',
  async (t) => {
    for (const key of keys)
      for (const theirs of keys.filter((other) => other !== key)) {
        t.equal(await refusedBy(forgeWith(theirs), holding(key)), 'algorithm')
        const saying = forgeWith(theirs, goodClaims(), { alg: key.alg })
        t.equal(await refusedBy(saying, holding(key)), 'signature')
      }
  },
)
