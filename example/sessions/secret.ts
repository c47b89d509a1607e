import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { weakness } from './weakness.ts'

const secretBytes = 32

/** A new secret: 256 random bits as text. */
export function newSecret(): string {
  return randomBytes(secretBytes).toString('base64url')
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
