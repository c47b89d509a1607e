import t from 'tap'
import type { Given } from '../../../inspector/given.ts'
import { givenKey } from '../../../inspector/given-key.ts'
import { givenSecret } from '../../../inspector/given-secret.ts'
import { reportOn } from '../../../inspector/report.ts'
import { forge, goodClaims, goodHeader, NOW, SECRET, segment } from '../../support/fixtures.ts'
import { rsa } from '../../support/rsa.ts'

const tokenBy = (secret: Buffer | string) => forge(goodClaims(), goodHeader, secret)

async function reasonFor(token: string, given: Given): Promise<string | undefined> {
  const found = { token, notes: [] }
  const report = await reportOn(found, { given, options: { words: [] }, now: NOW })
  t.equal(report.verdict.result, 'refused')
  return report.answers.find(({ check }) => check.id === 'signature')?.reason
}

const bytes = Buffer.from('ff00fe01'.repeat(8), 'hex')
const base64 = bytes.toString('base64')
const base64url = bytes.toString('base64url')
const hex = bytes.toString('hex')
const asJwk = givenKey(JSON.stringify({ kty: 'oct', k: base64url }))

const decoded = (how: string) =>
  new RegExp(`fits the bytes that this secret is ${how}: .*"kty":"oct"`)
const undecoded = (how: string) =>
  new RegExp(`fits the text of this secret in ${how}: .*--secret-file`)

const readings: Record<string, [signedBy: Buffer | string, given: Given, said: RegExp]> = {
  'the bytes of a secret in base64': [bytes, givenSecret(base64), decoded('the base64 of')],
  'those of one in base64url': [bytes, givenSecret(base64url), decoded('the base64 of')],
  'those of one in hexadecimal': [bytes, givenSecret(hex), decoded('in hexadecimal')],
  'the k of a JWK as text': [base64url, asJwk, undecoded('base64url')],
  'the base64 of a secret as text': [base64, asJwk, undecoded('base64')],
  'the hexadecimal of a secret as text': [hex, asJwk, undecoded('hexadecimal')],
  'a secret with the line end of its file': [
    `${SECRET}\n`,
    givenSecret(SECRET),
    /fits this secret with a line end behind it/,
  ],
}
for (const [what, [signedBy, given, said]] of Object.entries(readings))
  t.test(`a signature that fits ${what}: refused, and that is said`, async (t) => {
    const reason = await reasonFor(tokenBy(signedBy), given)
    t.match(reason, said)
    t.match(reason, /^the signature check does not hold\. /)
  })

t.test('a signature that fits no reading: nothing is said of any', async (t) => {
  const ofOurs = givenKey(rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString())
  const ofRsa = `${segment({ alg: 'RS256' })}.${segment(goodClaims())}.AAAA`
  const plain = 'the signature check does not hold'
  t.equal(await reasonFor(tokenBy('another'), givenSecret(SECRET)), plain)
  t.equal(await reasonFor(tokenBy('another'), givenSecret('=')), plain)
  t.equal(await reasonFor(ofRsa, ofOurs), plain)
})
