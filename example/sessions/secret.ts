import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const minimumSecretBytes = 32 // as long as the hash of HS256 (RFC 7518 §3.2)
const fewestDistinctCharacters = 12

/** Words that stand in tutorials, in answers on the web and in every list that guessing starts with. */
const wellKnown = [
  'change_this',
  'changeme',
  'change-me',
  'itsnosecret',
  'your-256-bit-secret',
  'your-secret',
  'string-secret',
  'yoursecret',
  'my-secret',
  'mysecret',
  'supersecret',
  'super-secret',
  'secretkey',
  'secret_key',
  'secret-key',
  'jwtsecret',
  'jwt_secret',
  'jwt-secret',
  'keyboard cat',
  'keyboardcat',
  'password',
  'passw0rd',
  'replace_me',
  'replace-me',
  'example',
  'qwertyuiop',
  '1234567890',
  '0123456789abcdef0123456789abcdef',
]

/** Why a signing secret is too weak; `undefined` when it will do. Of the secret it shows no more than a word of public lists. */
export function weakness(secret: string): string | undefined {
  const bytes = Buffer.byteLength(secret)
  if (bytes < minimumSecretBytes) return `is ${bytes} bytes long: use ${minimumSecretBytes} or more`
  const lowerCase = secret.toLowerCase()
  const word = wellKnown.find((known) => lowerCase.includes(known))
  if (word !== undefined) return `contains the well-known "${word}": use random bytes`
  if (new Set(secret).size < fewestDistinctCharacters)
    return 'repeats a few characters: use random bytes'
  // Two hexadecimal digits are one byte: 32 of them hold half of what they seem to.
  if (/^[0-9a-f]+$/i.test(secret) && secret.length < 2 * minimumSecretBytes)
    return `is ${Math.floor(secret.length / 2)} bytes in hexadecimal: use ${minimumSecretBytes} or more`
  return undefined
}

/** A new secret: 256 random bits as text. */
export function newSecret(): string {
  return randomBytes(minimumSecretBytes).toString('base64url')
}

/** The secret in this file, which is made on the first start: for its owner alone, never for a commit. */
export function secretFromFile(path: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  try {
    writeFileSync(path, `${newSecret()}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  // Windows has other ways to say who may read a file; its mode bits mean nothing.
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0)
    throw new Error(`Cannot use the secret in ${path}: others may read it. Run: chmod 600 ${path}`)
  const secret = readFileSync(path, 'utf8').trim()
  const reason = weakness(secret)
  if (reason === undefined) return secret
  throw new Error(
    `Cannot use the secret in ${path}: it ${reason}, or delete the file for a new one`,
  )
}
