import type { RecordStore } from '../../store/types.ts'
import { changePassword, openVault, type ScryptFigures } from '../../store/vault.ts'
import type { Config } from '../config.ts'
import { isPassword, passwordRule } from '../password-file.ts'

/** Gives the sealed store another password, and says what is left to do: to keep that is for whoever knows it. */
export async function changeStorePassword(
  store: RecordStore,
  { password, passwordFile }: Pick<Config, 'password' | 'passwordFile'>,
  askPassword: () => Promise<string>,
  figures?: ScryptFigures,
): Promise<string> {
  if (password === undefined)
    throw cannot(
      'give the one that it has, in ISSUER_PASSWORD or a file that ISSUER_PASSWORD_FILE names',
    )
  if ((await openVault(store, password)) === undefined)
    throw cannot('it has none yet, and gets one at its first start')
  const next = await askPassword()
  if (!isPassword(next)) throw cannot(`the new one ${passwordRule}`)
  await changePassword(store, { password, next }, figures)
  return `The store opens with the new password alone: put it in the place of the old one, in ${passwordFile ?? 'ISSUER_PASSWORD'}`
}

const cannot = (why: string) => new Error(`Cannot change the password of the store: ${why}`)
