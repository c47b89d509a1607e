import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { makeFolder } from '../store/folder.ts'
import { readPlainFile } from './plain-file.ts'
import { exposure } from './private-file.ts'
import { weakness } from './weakness.ts'

const secretBytes = 32

/** A new secret: 256 random bits as text. */
export function newSecret(): string {
  return randomBytes(secretBytes).toString('base64url')
}

/** The secret in this file, which is made on the first start: for its owner alone, never for a commit. */
export function secretFromFile(path: string): string {
  const badFolder = makeFolder(dirname(path), wayOut)
  if (badFolder !== undefined) throw new Error(`Cannot keep a secret in ${path}: ${badFolder}`)
  try {
    writeFileSync(path, `${newSecret()}\n`, { mode: 0o600, flag: 'wx' })
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code !== 'EEXIST')
      throw new Error(`Cannot write a secret into ${path}: ${code}. ${wayOut}`, { cause })
  }
  const { text, stats } = readPlainFile(path)
  const exposed = exposure(path, stats)
  if (exposed !== undefined) throw new Error(`Cannot use the secret in ${path}: ${exposed}`)
  const secret = text.trim()
  const reason = weakness(secret)
  if (reason === undefined) return secret
  throw new Error(
    `Cannot use the secret in ${path}: it ${reason}, or delete the file for a new one`,
  )
}

const wayOut = 'Name another folder in STORE_URL, or set JWT_SECRET'
