import { randomBytes } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { makeFolder, noModes } from '../store/folder.ts'
import type { StoreUrl } from '../store/url.ts'
import { readPlainFile } from './plain-file.ts'
import { exposure } from './private-file.ts'
import { weakness } from './weakness.ts'

const secretBytes = 32

/** A new secret: 256 random bits as text. */
export function newSecret(): string {
  return randomBytes(secretBytes).toString('base64url')
}

/**
 * The secret of a server that was given none. Beside the data, so that tokens and sessions live and go together. Servers on one
 * Redis must have the same secret: those that are started in one folder find it there.
 */
export function secretBeside(where: StoreUrl, besideRedis = './data'): string {
  if (where.engine === 'memory') return newSecret()
  return secretFromFile(`${where.engine === 'level' ? where.folder : besideRedis}/secret`)
}

/** The secret in this file, which is made on the first start: for its owner alone, never for a commit. */
export function secretFromFile(path: string): string {
  const badFolder = makeFolder(dirname(path), orElse)
  if (badFolder !== undefined) throw new Error(`Cannot keep a secret in ${path}: ${badFolder}`)
  const isNew = makeSecret(path)
  const { text, stats } = readPlainFile(path)
  const exposed = exposure(path, stats, `${noModes}${orElse}`)
  if (exposed !== undefined && isNew) rmSync(path) // nobody shall come to use it
  if (exposed !== undefined) throw new Error(`Cannot use the secret in ${path}: ${exposed}`)
  const secret = text.trim()
  const reason = weakness(secret)
  if (reason === undefined) return secret
  throw new Error(
    `Cannot use the secret in ${path}: it ${reason}, or delete the file for a new one`,
  )
}

/** Writes a new secret where there is none; tells whether it did. */
function makeSecret(path: string): boolean {
  try {
    writeFileSync(path, `${newSecret()}\n`, { mode: 0o600, flag: 'wx' })
    return true
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'EEXIST') return false
    const wayOut = `Name another folder in STORE_URL${orElse}`
    throw new Error(`Cannot write a secret into ${path}: ${code}. ${wayOut}`, { cause })
  }
}

const orElse = ', or set JWT_SECRET'
