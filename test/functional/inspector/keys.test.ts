import { createHash, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import t from 'tap'
import type { Given } from '../../../inspector/given.ts'
import { givenKey } from '../../../inspector/given-key.ts'
import { givenSecret } from '../../../inspector/given-secret.ts'
import { SECRET } from '../../support/fixtures.ts'
import { messageOf } from '../../support/refusal.ts'
import { rsa } from '../../support/rsa.ts'

const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' })
const ed = generateKeyPairSync('ed25519')
const ed448 = generateKeyPairSync('ed448')

const spki = { type: 'spki', format: 'pem' } as const
const pkcs8 = { type: 'pkcs8', format: 'pem' } as const
const pem = (key: KeyObject) => key.export(spki).toString()
const jwk = (key: KeyObject, more = {}) =>
  JSON.stringify({ ...key.export({ format: 'jwk' }), ...more })
const rsaPem = pem(rsa.publicKey)
const der = (key: KeyObject, type: 'spki' | 'pkcs1' | 'pkcs8' | 'sec1') =>
  key.export({ type: type as 'pkcs1', format: 'der' })
const rsaDer = der(rsa.publicKey, 'spki')
const rsaPrivatePem = rsa.privateKey.export(pkcs8).toString()
const rsaJwk = rsa.publicKey.export({ format: 'jwk' })
const p256Jwk = p256.publicKey.export({ format: 'jwk' })
const ed448Jwk = ed448.publicKey.export({ format: 'jwk' })
const octJwk = { kty: 'oct', k: randomBytes(32).toString('base64url') }

// How `ssh-keygen` writes a key: the name of its kind behind its length, and more.
const sshBytes = Buffer.concat([Buffer.from('\0\0\0\x07ssh-rsa'), randomBytes(260)])
const sshRsa = sshBytes.toString('base64')

// Made up: `openssl req -x509 -newkey ed25519 -nodes -subj /CN=example -outform DER | base64`
const certificate =
  'MIIBODCB66ADAgECAhRm78UMqHwy1FxVSwLG56dGInXJMTAFBgMrZXAwEjEQMA4GA1UEAwwHZXhhbXBsZTAeFw0yNjExMjIwNTQ4MTRaFw0yNjExMjMwNTQ4MTRaMBIxEDAOBgNVBAMMB2V4YW1wbGUwKjAFBgMrZXADIQAqXoT+y1bMZEOJfGqalxOskaJscT38AOmnUucpKtZk6qNTMFEwHQYDVR0OBBYEFKd+AI1CthE/6PkV7qyNMmsF64hiMB8GA1UdIwQYMBaAFKd+AI1CthE/6PkV7qyNMmsF64hiMA8GA1UdEwEB/wQFMAMBAf8wBQYDK2VwA0EA/y2LqJg8nfCW3DCp5G7UFfSYb3OV7TEOVuHu07MD2sgjtZVTWo665QDJcHuYoztd7EQ+05he16gu1gl23i8gAQ=='

const hmac = ['HS256', 'HS384', 'HS512']
const rsaAlgorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']

const allowed = ({ keys }: Given) => keys.map(({ alg }) => alg)
const json = (...keys: object[]) => JSON.stringify({ keys })

t.test('the key decides which algorithms are allowed, and no token does', async (t) => {
  const keys: Array<[what: string, given: Given, algorithms: string[]]> = [
    ['a secret', givenSecret(SECRET), hmac],
    ['an RSA key', givenKey(rsaPem), rsaAlgorithms],
    ['its JWK', givenKey(jwk(rsa.publicKey)), rsaAlgorithms],
    ['its JWK, for one algorithm', givenKey(jwk(rsa.publicKey, { alg: 'PS256' })), ['PS256']],
    ['a key on P-256', givenKey(pem(p256.publicKey)), ['ES256']],
    ['a key on P-384', givenKey(pem(p384.publicKey)), ['ES384']],
    ['an Ed25519 key', givenKey(pem(ed.publicKey)), ['EdDSA']],
    ['a secret as a JWK', givenKey(JSON.stringify(octJwk)), hmac],
    [
      'a set',
      givenKey(json({ ...rsaJwk, kid: 'a', alg: 'RS256' }, { ...p256Jwk, kid: 'b', alg: 'ES256' })),
      ['RS256', 'ES256'],
    ],
  ]
  for (const [what, given, algorithms] of keys)
    t.test(what, async (t) => t.strictSame(allowed(given), algorithms))
})

t.test('--secret', async (t) => {
  t.test('a good one is not worth a word; a weak one will do, and is pointed out', async (t) => {
    t.strictSame(givenSecret(SECRET).notes, [])
    const weak: Array<[secret: string, note: RegExp]> = [
      ['hunter2', /^The secret is 7 bytes long: use 32 or more\. Whoever guesses it/],
      ['my-secret-cA7dE9fQ2xK5vR8mZ3wB6nL1p', /^The secret contains a well-known word: use random/],
      ['a'.repeat(40), /^The secret repeats a few characters/],
    ]
    for (const [secret, note] of weak) {
      const { notes, unfit, keys } = givenSecret(secret)
      t.match(notes[0], note)
      t.notMatch(notes.join(), secret, 'without being shown')
      t.equal(unfit, undefined)
      t.equal(keys[0]?.verifyingKey.symmetricKeySize, secret.length)
    }
  })

  t.test('the text of a key never verifies anything', async (t) => {
    const confusion =
      /^Algorithm confusion: you gave the text of a key as the secret\..*RFC 8725 §2\.1/
    const texts: Record<string, string> = {
      'a public key in PEM': rsaPem,
      'without its last line break': rsaPem.trim(),
      'on one line': rsaPem.replaceAll('\n', ''),
      'without its first and last line': rsaPem.split('\n').slice(1, -2).join('\n'),
      'the older form, without its frame': der(rsa.publicKey, 'pkcs1').toString('base64'),
      damaged: rsaPem.replace('MII', 'MIX'),
      'a public JWK': JSON.stringify(rsaJwk),
      'a private key in PEM': rsaPrivatePem,
      'a private JWK': jwk(rsa.privateKey),
      'a key set': json(rsaJwk, p256Jwk),
      'a list of keys': JSON.stringify([p256Jwk]),
      'a key set that was cut off': json(rsaJwk).slice(0, -9),
      'a JWK without its kty': JSON.stringify({ n: rsaJwk.n, e: rsaJwk.e }),
      'a PEM without its first dashes': rsaPem.slice(5),
      'its bytes in hexadecimal': rsaDer.toString('hex'),
      'its bytes in base64url': rsaDer.toString('base64url'),
      'a PEM in base64': Buffer.from(rsaPem).toString('base64'),
      'a certificate': '-----BEGIN CERTIFICATE-----\nMIIC',
      'a certificate without its frame': certificate,
      'a public key for SSH': 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5',
      'a line for SSH behind a space': ` ssh-rsa ${sshRsa}`,
      'its base64 alone': sshRsa,
      'a line for SSH with a curve': 'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY',
      'a line for SSH with a security key': 'sk-ssh-ed25519@openssh.com AAAAGnNr',
      'its bytes in hexadecimal, with 0x': `0x${rsaDer.toString('hex')}`,
      'a JWK in single quotes': JSON.stringify(rsaJwk).replaceAll('"', "'"),
      'a private key in hexadecimal': der(rsa.privateKey, 'pkcs8').toString('hex'),
      'a set of private keys': json(p256.privateKey.export({ format: 'jwk' })),
      'a secret JWK': JSON.stringify(octJwk),
    }
    for (const [what, text] of Object.entries(texts))
      t.test(what, async (t) => {
        const { unfit, notes } = givenSecret(text)
        t.equal(unfit, 'the text of a key is no secret')
        t.match(notes[0], confusion)
        t.equal(notes.length, 1)
      })
  })

  t.test('nor do the bytes of a key, whole or with their end cut off', async (t) => {
    const keys = [
      ...[rsa, p256, p384, ed, ed448].map(({ publicKey }) => der(publicKey, 'spki')),
      der(rsa.publicKey, 'pkcs1'),
      Buffer.from(certificate, 'base64'),
      ...[rsa, p256, ed].map(({ privateKey }) => der(privateKey, 'pkcs8')),
      der(rsa.privateKey, 'pkcs1'),
      der(p256.privateKey, 'sec1'),
    ]
    for (const key of keys)
      for (const end of [key.length, key.length - 1, key.length - 9, 31])
        for (const spelling of ['base64', 'base64url', 'hex'] as const)
          t.type(givenSecret(key.subarray(0, end).toString(spelling)).unfit, 'string')
  })

  t.test('a random secret is not called a key, even where it begins like one', async (t) => {
    // The same ones at every run: behind MII, one in five million does look like a key.
    const secrets = Array.from({ length: 3000 }, (_, place) => {
      const hash = createHash('shake256', { outputLength: 32 + (place % 33) })
      const digest = hash.update(`${place}`).digest()
      const text = digest.toString('base64url')
      const others = [digest.toString('base64'), digest.toString('hex')]
      return [text, ...others, `0${text}`, `MII${text}`, `AAAA${text}`]
    })
    t.strictSame(
      secrets.flat().filter((secret) => givenSecret(secret).unfit !== undefined),
      [],
    )
  })

  t.test('none at all is refused', async (t) => {
    t.match(messageOf(givenSecret, ''), /it is empty/)
  })
})

t.test('--key', async (t) => {
  t.test('keeps the public half of a private key, and says so', async (t) => {
    for (const text of [rsaPrivatePem, jwk(rsa.privateKey, { key_ops: ['sign'] })]) {
      const { keys, notes } = givenKey(text)
      t.ok(keys.every(({ verifyingKey }) => verifyingKey.equals(rsa.publicKey)))
      t.ok(keys.every((key) => !Object.hasOwn(key, 'signingKey')))
      t.strictSame(notes, ['You gave a private key: only its public half is used here.'])
    }
    t.strictSame(givenKey(rsaPem).notes, [])
  })

  const encrypted = { ...pkcs8, cipher: 'aes-256-cbc', passphrase: 'x' }
  const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey
  const agreeing = generateKeyPairSync('x25519').publicKey
  const refused: Record<string, [text: string, message: RegExp]> = {
    'a text that may be a secret': [
      SECRET,
      /neither PEM nor a JWK nor a key set.*--secret-file FILE/,
    ],
    'a PEM that lost its frame': [rsaPem.split('\n')[1] ?? '', /neither PEM nor a JWK/],
    'an empty file': ['', /neither PEM nor a JWK/],
    'other JSON': ['{"name":"x"}', /neither PEM nor a JWK/],
    'a damaged PEM': [
      rsaPem.replace('MII', 'MIX'),
      /damaged, encrypted, or of a kind that Node does/,
    ],
    'an encrypted key': [`${rsa.privateKey.export(encrypted)}`, /damaged, encrypted, or/],
    'a key that is too short': [pem(short), /needs 2048 bits or more/],
    'a key for agreeing on keys': [pem(agreeing), /its type.* is for no algorithm/],
    'a JWK for encryption': [jwk(rsa.publicKey, { use: 'enc' }), /not for signatures/],
    'a JWK for wrapping keys': [jwk(rsa.publicKey, { key_ops: ['wrapKey'] }), /not for signatures/],
    'a JWK whose alg does not fit': [
      jwk(rsa.publicKey, { alg: 'HS256' }),
      /alg of its JWK, is for no algorithm that is known/,
    ],
    'a JWK with a newer alg (RFC 9864)': [
      jwk(ed.publicKey, { alg: 'Ed25519' }),
      /alg of its JWK, is for no algorithm that is known/,
    ],
    'a JWK of a kind unknown': ['{"kty":"XYZ"}', /damaged, encrypted, or of a kind/],
    'a secret JWK in base64': ['{"kty":"oct","k":"+/=="}', /the k of a JWK is not base64url/],
  }
  for (const [what, [text, message]] of Object.entries(refused))
    t.test(`refuses ${what}`, async (t) => t.match(messageOf(givenKey, text), message))
})

t.test('a key set', async (t) => {
  const a = { ...rsaJwk, kid: 'a', alg: 'RS256' }
  const b = { ...p256Jwk, kid: 'b', alg: 'ES256' }

  t.test('holds its keys by name', async (t) => {
    const { keys, byHand, what, notes } = givenKey(json(a, b))
    const named = keys.map(({ kid, alg }) => `${kid} ${alg}`)
    t.strictSame(named, ['a RS256', 'b ES256'])
    t.strictSame([byHand, what, notes], [false, 'the 2 keys of the set', []])
  })

  t.test('passes over what is not for signatures, or unknown here (RFC 7517 §5)', async (t) => {
    const others = [
      { ...rsaJwk, use: 'enc' },
      { ...rsaJwk, key_ops: ['sign'] },
      { ...rsaJwk, key_ops: 'verify' },
      { kty: 'AKP', alg: 'ML-DSA-44' },
      { ...ed.publicKey.export({ format: 'jwk' }), alg: 'Ed25519' },
      { ...ed448Jwk, alg: 'EdDSA' },
      ed448Jwk,
    ]
    const verifying = { ...a, key_ops: ['verify'] }
    const { keys, notes } = givenKey(json(verifying, ...others))
    t.equal(keys.length, 1)
    t.strictSame(notes, ['Keys of the set that are not used here: 7.'])
  })

  t.test('warns of what nobody should publish', async (t) => {
    const warning = /whoever reads it can sign/
    t.match(givenKey(json({ ...octJwk, kid: 'c', alg: 'HS256' })).notes[0], warning)
    const whole = { ...rsa.privateKey.export({ format: 'jwk' }), kid: 'a', alg: 'RS256' }
    t.match(givenKey(json(whole)).notes[0], warning)
  })

  const refused: Record<string, [text: string, message: RegExp]> = {
    'no JSON': ['<html>', /neither PEM/],
    'a list': ['[]', /neither PEM/],
    'keys that are no list': ['{"keys":{}}', /neither PEM/],
    'an empty set': [json(), /holds no key/],
    'a set for others': [json({ ...rsaJwk, use: 'enc' }), /holds no key/],
    'secrets among public keys': [
      json(a, { ...octJwk, kid: 'c', alg: 'HS256' }),
      /secrets and public keys/,
    ],
    'one name twice': [json(a, { ...b, kid: 'a' }), /two have the same kid/],
    'a key without alg': [
      json(a, { ...p256Jwk, kid: 'b' }),
      /one of its keys has no kid.* or no alg/,
    ],
    'a key without a name': [json(a, { ...p256Jwk, alg: 'ES256' }), /has no kid/],
    'a secret that is too short': [
      json({ kty: 'oct', k: 'YQ', kid: 'c', alg: 'HS256' }),
      /HS256 needs 32 bytes or more/,
    ],
    'a key for an algorithm of others': [
      json({ ...a, alg: 'HS256' }),
      /HS256 needs a key of type secret/,
    ],
    'a curve of another size': [json({ ...b, alg: 'ES384' }), /ES384 needs the curve/],
    'a damaged key': [json({ ...a, n: '' }), /damaged|needs 2048 bits/],
  }
  for (const [what, [text, message]] of Object.entries(refused))
    t.test(`refuses ${what}`, async (t) => t.match(messageOf(givenKey, text), message))
})
