// Who runs the server, or one namespace on it.
import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import { Records } from '../store/records.ts'
import type { RecordStore } from '../store/types.ts'
import { idOf, userName } from './user.ts'

const Administrator = v.object({
  /** The name in small letters: the key of the record. */
  id: v.string(),
  name: v.string(),
  hash: v.string(),
  /** Another one where somebody of this name comes after: sessions are of one epoch. */
  epoch: v.string(),
  /** The one namespace that they may change; the whole server where there is none. */
  nsId: v.optional(v.string()),
  createdAt: v.number(),
})

export type Administrator = v.InferOutput<typeof Administrator>

/** The administrators of the server and of all namespaces. */
export class Administrators {
  readonly #records: Records<Administrator>

  constructor(store: RecordStore) {
    this.#records = new Records(store, 'administrator', Administrator, (a, key) => a.id === key.id)
  }

  /** The new one, or `undefined` when the name is taken. */
  async create(
    { name, hash, nsId }: Pick<Administrator, 'name' | 'hash' | 'nsId'>,
    now: number,
  ): Promise<Administrator | undefined> {
    const id = idOf(name)
    const fresh = { id, epoch: randomUUID(), createdAt: now }
    const administrator = { ...fresh, name, hash, ...(nsId !== undefined && { nsId }) }
    const isFree = await this.#records.insert('all', id, administrator, undefined, durable)
    return isFree ? administrator : undefined
  }

  /** `undefined` for what is no name, too. */
  async find(name: string): Promise<Administrator | undefined> {
    return userName.test(name) ? await this.#records.find('all', idOf(name)) : undefined
  }

  async *all(): AsyncIterable<Administrator> {
    for await (const { record } of this.#records.list('all')) if (record !== undefined) yield record
  }

  /** `false` when there was none. Sessions of one who is gone are refused. */
  async remove(id: string): Promise<boolean> {
    return await this.#records.remove('all', id, durable)
  }
}

const durable = { durable: true }
