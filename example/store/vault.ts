import { createSecretKey, type KeyObject, randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import * as v from 'valibot'
import { RecordDamaged, StoreNotOpened } from './errors.ts'
import { Records } from './records.ts'
import { seal, unseal } from './seal.ts'
import type { RecordStore } from './types.ts'

/** How much a guess at the password costs: what OWASP asks of scrypt is 128 MiB, and half a second. */
export interface ScryptFigures {
  readonly N: number
  readonly r: number
  readonly p: number
}

const owasp: ScryptFigures = { N: 2 ** 17, r: 8, p: 1 }

const upTo = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most))
const powerOfTwo = v.check<number, string>((N) => N > 1 && Number.isInteger(Math.log2(N)), 'N')

/** The figures are bounded: whoever can write the record must not make us compute for hours. */
const Vault = v.object({
  figures: v.object({ N: v.pipe(upTo(2 ** 19), powerOfTwo), r: upTo(8), p: upTo(4) }),
  salt: v.string(),
  /** The data key, sealed with a key that only the password leads to. */
  wrapped: v.string(),
})
type Vault = v.InferOutput<typeof Vault>

/** The only record that is not sealed. */
const place = { kind: 'vault', owner: 'all', id: 'key' }

/** Whether this store is sealed: then it takes a password. */
export async function isVaultThere(store: RecordStore): Promise<boolean> {
  return (await find(store)) !== undefined
}

/** The data key of a sealed store; `undefined` where there is none yet. A wrong password is StoreNotOpened. */
export async function openVault(
  store: RecordStore,
  password: string,
): Promise<KeyObject | undefined> {
  const vault = await find(store)
  return vault && (await unwrap(vault, password))
}

/** Draws a data key and locks it up with the password. Whoever was slower than another opens what that one made. */
export async function createVault(
  store: RecordStore,
  password: string,
  figures = owasp,
): Promise<KeyObject> {
  const dataKey = createSecretKey(randomBytes(32))
  const vault = await wrap(dataKey, password, figures)
  const { owner, id } = place
  if (await records(store).insert(owner, id, vault, undefined, { durable: true })) return dataKey
  return (await openVault(store, password)) ?? (await createVault(store, password, figures))
}

/** Locks up the same data key with another password, in one write: no record is sealed anew. */
export async function changePassword(
  store: RecordStore,
  { password, next }: { password: string; next: string },
  figures = owasp,
): Promise<void> {
  const vault = await find(store)
  if (vault === undefined) throw new StoreNotOpened('it has no password yet')
  const changed = await wrap(await unwrap(vault, password), next, figures)
  const swap = (now: Vault) => (now.wrapped === vault.wrapped ? changed : undefined)
  const done = await records(store).update(place.owner, place.id, swap, { durable: true })
  if (done === undefined) throw new StoreNotOpened('its password has just been changed by another')
}

function records(store: RecordStore): Records<Vault> {
  return new Records(store, place.kind, Vault, () => true)
}

async function find(store: RecordStore): Promise<Vault | undefined> {
  return await records(store).find(place.owner, place.id).catch(sayDamaged)
}

async function wrap(dataKey: KeyObject, password: string, figures: ScryptFigures): Promise<Vault> {
  const salt = randomBytes(16).toString('base64url')
  const lock = await lockOf(password, { salt, figures })
  return { figures, salt, wrapped: seal(lock, place, dataKey.export().toString('base64url')) }
}

async function unwrap(vault: Vault, password: string): Promise<KeyObject> {
  const lock = await lockOf(password, vault)
  try {
    return createSecretKey(unseal(lock, place, vault.wrapped), 'base64url')
  } catch (cause) {
    throw new StoreNotOpened('the password is wrong, or the record of its key is damaged', {
      cause,
    })
  }
}

const derive = promisify<string, string, number, object, Buffer>(scrypt)

async function lockOf(
  password: string,
  { salt, figures }: Pick<Vault, 'salt' | 'figures'>,
): Promise<KeyObject> {
  const { N, r } = figures
  const maxmem = 256 * N * r // twice what it takes, which node refuses to take unasked
  // However the keyboard spells an é, it is one password.
  const bytes = await derive(password.normalize('NFC'), salt, 32, { ...figures, maxmem })
  return createSecretKey(bytes)
}

function sayDamaged(cause: unknown): never {
  if (!(cause instanceof RecordDamaged)) throw cause
  throw new StoreNotOpened('the record of its key is damaged', { cause })
}
