// The records of this server hold private keys: in the store they are sealed, and a password opens it. Who loses that has
// lost them, so the server never makes one up where it could not show it to somebody.
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { StoreNotOpened } from '../store/errors.ts'
import { makeFolder } from '../store/folder.ts'
import { sealed } from '../store/sealed.ts'
import type { RecordStore } from '../store/types.ts'
import { createVault, isVaultThere, openVault, type ScryptFigures } from '../store/vault.ts'
import type { Config } from './config.ts'

type Settings = Pick<Config, 'storeUrl' | 'workers' | 'password' | 'passwordFile'>

/**
 * The store as the server uses it. A new one is sealed with the password that is given, or while teaching with one that is
 * made, and kept in the file that is named for it, or else shown once.
 * @throws StoreNotOpened where the password is wrong, or missing
 */
export async function openSealed(
  store: RecordStore,
  settings: Settings,
  show: (text: string) => void,
  figures?: ScryptFigures,
): Promise<RecordStore> {
  if (settings.storeUrl.engine === 'memory') return store // it ends with the process
  const password = settings.password ?? (await newPassword(store, settings, show))
  const dataKey = await openVault(store, password)
  return sealed(store, dataKey ?? (await createVault(store, password, figures)))
}

/** Shown or kept before it locks anything up: whoever is killed in between has a password too many, never one too few. */
async function newPassword(
  store: RecordStore,
  { workers, passwordFile }: Settings,
  show: (text: string) => void,
): Promise<string> {
  if (await isVaultThere(store))
    throw new StoreNotOpened(
      `it is sealed. ${give} to the password that its first start has shown, start with --dev if that has kept it, or begin anew with another STORE_URL`,
    )
  const password = randomBytes(24).toString('base64url') // 32 characters
  if (passwordFile !== undefined) keep(passwordFile, password)
  else if (workers === 1) show(shown(password))
  else throw new StoreNotOpened(`its processes need the same password. ${give} for all of them`)
  return password
}

function keep(path: string, password: string): void {
  const badFolder = makeFolder(dirname(path))
  if (badFolder !== undefined)
    throw new StoreNotOpened(`its password cannot be kept in ${path}: ${badFolder}`)
  try {
    writeFileSync(path, `${password}\n`, { mode: 0o600, flag: 'wx' })
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new StoreNotOpened(`its password cannot be kept in ${path}: ${code}`, { cause })
  }
}

const give = 'Set ISSUER_PASSWORD, or ISSUER_PASSWORD_FILE,'

const shown = (password: string) => `
The store is new, and sealed with a password. It is shown this once, later starts need it, and nobody can find it again:

  ISSUER_PASSWORD=${password}

Keep that line in .env.issuer (then chmod 600 .env.issuer), or give the password to a start in some other way.

`
