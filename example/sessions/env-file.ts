import { lstatSync, readFileSync, statSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { demoAccount } from './config.ts'
import { exposure } from './private-file.ts'

type Settings = Readonly<Record<string, string | undefined>>

/** The settings in this file; none where there is no such file. One that holds a secret is for its owner alone. */
export function readEnvFile(path: string): Settings {
  const there = tried(path, () => lstatSync(path, { throwIfNoEntry: false }))
  if (there === undefined) return {}
  const stats = tried(path, () => statSync(path))
  if (!stats.isFile())
    throw unreadable(path, `it is ${stats.isDirectory() ? 'a folder' : 'no file'}`)
  const text = tried(path, () => readFileSync(path, 'utf8'))
  // parseEnv would lose the first setting behind a byte order mark, and all of them in UTF-16, without a word.
  if (/^\uFEFF|[\0\uFFFD]/.test(text))
    throw unreadable(path, 'it is not plain UTF-8. Save it as UTF-8 without a byte order mark')
  const settings = parseEnv(text)
  const problem = holdsSecret(settings) ? exposure(path, stats) : undefined
  if (problem !== undefined) throw new Error(`Cannot use the secrets in ${path}: ${problem}`)
  return settings
}

function holdsSecret({ JWT_SECRET, DEMO_PASSWORD, STORE_URL }: Settings): boolean {
  const password = DEMO_PASSWORD !== demoAccount.password && DEMO_PASSWORD
  return Boolean(JWT_SECRET || password || /:\/\/[^:@]*:[^@]+@/.test(STORE_URL ?? ''))
}

function tried<T>(path: string, look: () => T): T {
  try {
    return look()
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException
    throw unreadable(path, reasons[code] ?? code, { cause })
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it is a link to a file that is not there',
  EACCES: 'this user may not',
}

function unreadable(path: string, reason: string, options?: ErrorOptions): Error {
  return new Error(`Cannot read ${path}: ${reason}`, options)
}
