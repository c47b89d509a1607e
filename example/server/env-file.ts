import { lstatSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { readPlainFile } from './plain-file.ts'
import { exposure, isOpenToAll } from './private-file.ts'
import type { Given } from './types.ts'

/**
 * The settings in this file; none where there is no such file. One that holds a secret is for its owner alone;
 * what is well known is none.
 */
export function readEnvFile(path: string, wellKnown: readonly string[] = []): Given {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return {}
  const { text, stats } = readPlainFile(path)
  // parseEnv would lose the first setting behind a byte order mark, and all of them in UTF-16, without a word.
  if (/^\uFEFF|[\0\uFFFD]/.test(text))
    throw new Error(
      `Cannot read ${path}: it is not plain UTF-8. Save it as UTF-8 without a byte order mark`,
    )
  if (isOpenToAll(path, stats))
    throw new Error(`Cannot use ${path}: everybody may write into it. Run: chmod 600 ${path}`)
  const settings = parseEnv(text)
  const problem = holdsSecret(settings, wellKnown) ? exposure(path, stats, noWay) : undefined
  if (problem === undefined) return settings
  throw new Error(`Cannot use the secrets in ${path}: ${problem}`)
}

const noWay =
  'and chmod changes nothing there, as on disks of Windows and some shares. Give them in the environment'

const passwordInUrl = /:\/\/[^:@]*:[^@]+@/ // redis://user:password@host

function holdsSecret(settings: Given, wellKnown: readonly string[]): boolean {
  const secrets = Object.entries(settings).filter(([name]) =>
    /(?:SECRET|PASSWORD|PSWD)$/.test(name),
  )
  return (
    secrets.some(([, value = '']) => value !== '' && !wellKnown.includes(value)) ||
    passwordInUrl.test(settings.STORE_URL ?? '')
  )
}
