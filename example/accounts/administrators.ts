// The last administrator cannot be taken away, or nobody could make another. Two who demote each other at once would
// both see two: so there is one record with the names of all, and whoever is taken away leaves it first, by one
// compare-and-set. For a moment it may lack a name, or have one too many: the next change of that user puts it right.
import * as v from 'valibot'
import { Records } from '../store/records.ts'
import type { RecordStore } from '../store/types.ts'
import type { User, Users } from './user.ts'

const Names = v.object({ names: v.array(v.string()) })

export class Administrators {
  readonly #records: Records<v.InferOutput<typeof Names>>
  readonly #users: Pick<Users, 'find'>

  constructor(store: RecordStore, users: Pick<Users, 'find'>) {
    this.#records = new Records(store, 'administrators', Names, () => true)
    this.#users = users
  }

  /** Before an administrator is taken away: `false` for the last one. */
  async release(id: string): Promise<boolean> {
    const left = await this.#change((names) => names.filter((name) => name !== id))
    return left.length > 0
  }

  /** After a user was changed: makes the list say what the user's record says, also if that changes meanwhile. */
  async settle(id: string): Promise<void> {
    for (let was: boolean | undefined; ; ) {
      const is = isAdministrator(await this.#users.find(id))
      if (is === was) return
      await this.#change((names) => {
        const others = names.filter((name) => name !== id)
        return is ? [...others, id] : others
      })
      was = is
    }
  }

  /** Writes the names, unless none would be left; gives back what would be. */
  async #change(change: (names: readonly string[]) => string[]): Promise<string[]> {
    const first = change([])
    if (
      first.length > 0 &&
      (await this.#records.insert('all', 'names', { names: first }, undefined, durable))
    )
      return first
    let changed: string[] = []
    await this.#records.update(
      'all',
      'names',
      ({ names }) => {
        changed = change(names)
        return changed.length > 0 ? { names: changed } : undefined
      },
      durable,
    )
    return changed
  }
}

const durable = { durable: true }

export function isAdministrator(user: User | undefined): boolean {
  return user?.enabled === true && user.roles.includes('ADMIN')
}
