import { createHmac, generateKeyPairSync } from 'node:crypto'
import t from 'tap'
import type { Given } from '../../../inspector/given.ts'
import { givenKey } from '../../../inspector/given-key.ts'
import { givenSecret } from '../../../inspector/given-secret.ts'
import { reportOn } from '../../../inspector/report.ts'
import { goodClaims, goodHeader, NOW, SECRET, segment } from '../../support/fixtures.ts'

/** A token whose MAC was made with these bytes. */
function tokenBy(secret: Buffer | string): string {
  const input = `${segment(goodHeader)}.${segment(goodClaims())}`
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

async function reasonFor(token: string, given: Given): Promise<string | undefined> {
  const found = { token, notes: [] }
  const report = await reportOn(found, { given, options: { words: [] }, now: NOW })
  t.equal(report.verdict.result, 'refused')
  return report.answers.find(({ check }) => check.id === 'signature')?.reason
}

const bytes = Buffer.from('ff00fe01'.repeat(8), 'hex')
const asJwk = givenKey(JSON.stringify({ kty: 'oct', k: bytes.toString('base64url') }))

const readings: Array<[what: string, token: string, given: Given, said: RegExp]> = [
  [
    'the bytes of a secret in base64',
    tokenBy(bytes),
    givenSecret(bytes.toString('base64')),
    /fits the bytes that this secret is the base64 of.*"kty":"oct"/,
  ],
  [
    'those of one in base64url',
    tokenBy(bytes),
    givenSecret(bytes.toString('base64url')),
    /fits the bytes that this secret is the base64 of/,
  ],
  [
    'those of one in hexadecimal',
    tokenBy(bytes),
    givenSecret(bytes.toString('hex')),
    /fits the bytes that this secret is in hexadecimal.*"kty":"oct"/,
  ],
  [
    'the k of a JWK as text',
    tokenBy(bytes.toString('base64url')),
    asJwk,
    /fits the text of this secret in base64url.*--secret-file/,
  ],
  [
    'the base64 of a secret as text',
    tokenBy(bytes.toString('base64')),
    asJwk,
    /fits the text of this secret in base64:.*--secret-file/,
  ],
  [
    'the hexadecimal of a secret as text',
    tokenBy(bytes.toString('hex')),
    asJwk,
    /fits the text of this secret in hexadecimal.*--secret-file/,
  ],
  [
    'a secret with the line end of its file',
    tokenBy(`${SECRET}\n`),
    givenSecret(SECRET),
    /fits this secret with a line end behind it/,
  ],
]
for (const [what, token, given, said] of readings)
  t.test(`a signature that fits ${what}: refused, and that is said`, async (t) => {
    const reason = await reasonFor(token, given)
    t.match(reason, said)
    t.match(reason, /^the signature check does not hold\. /)
  })

t.test('a signature that fits no reading: nothing is said of any', async (t) => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const rsa = givenKey(publicKey.export({ type: 'spki', format: 'pem' }).toString())
  const ofRsa = `${segment({ alg: 'RS256' })}.${segment(goodClaims())}.AAAA`
  const plain = 'the signature check does not hold'
  t.equal(await reasonFor(tokenBy('another'), givenSecret(SECRET)), plain)
  t.equal(await reasonFor(tokenBy('another'), givenSecret('=')), plain)
  t.equal(await reasonFor(ofRsa, rsa), plain)
})
