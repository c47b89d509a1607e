import { createSecretKey } from 'node:crypto'
import { signatureCheck } from '../example/token/checks-signature.ts'
import type { Verification } from '../example/token/types.ts'
import { refusalOf } from '../example/token/verify.ts'
import { bytesOfHex } from './key-text.ts'

/** Says so when a signature fits the same secret, read in another way: programs differ in what they decode. */
export async function sayOtherReading(verification: Verification): Promise<string | undefined> {
  const { key } = verification
  if (key?.verifyingKey.type !== 'secret') return undefined
  const secret = key.verifyingKey.export()
  for (const [said, read] of readings) {
    const bytes = read(secret)
    if (bytes.length === 0) continue
    const other = { ...verification, key: { ...key, verifyingKey: createSecretKey(bytes) } }
    if ((await refusalOf(signatureCheck, other)) === undefined) return said
  }
  return undefined
}

const decoded = (how: string) =>
  `It fits the bytes that this secret is ${how}: whoever signed had decoded it. Give these as a JWK, --key FILE: {"kty":"oct","k":"the bytes in base64url"}`
const undecoded = (how: string) =>
  `It fits the text of this secret in ${how}: whoever signed had not decoded it. Give that text as --secret-file FILE`

const readings: ReadonlyArray<[said: string, read: (secret: Buffer) => Buffer]> = [
  [decoded('the base64 of'), (secret) => Buffer.from(secret.toString(), 'base64')],
  [decoded('in hexadecimal'), (secret) => bytesOfHex(secret.toString())],
  [undecoded('base64url'), (secret) => Buffer.from(secret.toString('base64url'))],
  [undecoded('base64'), (secret) => Buffer.from(secret.toString('base64'))],
  [undecoded('hexadecimal'), (secret) => Buffer.from(secret.toString('hex'))],
  [
    'It fits this secret with a line end behind it: whoever signed had read a file as it stands',
    (secret) => Buffer.concat([secret, Buffer.from('\n')]),
  ],
]
