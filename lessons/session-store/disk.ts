import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Level } from 'level'

type Database = Level<string, string>
type Entries = Array<[key: string, value: string]>
type Options = { sync?: boolean } | undefined
type Write = (options: Options, write: () => Promise<void>) => Promise<void>

/** A LevelDB in a folder, and what may happen to the machine that it is on. */
export class Disk {
  readonly #folder: string
  #db: Database | undefined
  /** What the disk itself holds: somebody has waited for that. */
  #flushed: Entries = []
  #restored = 0
  #begun = 0
  #writing = 0
  #state: 'well' | 'full' | 'gone' = 'gone'
  /** Somebody wrote and wrote, and did not come to an end. */
  wroteOn = false

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Opens what is in the folder: nothing, the first time. */
  async open(): Promise<Database> {
    const db = new Level<string, string>(join(this.#folder, `${this.#restored}`))
    await db.open()
    this.#db = db
    this.#flushed = await this.entries()
    this.#state = 'well'
    this.#writing = 0
    return watched(db, this.#write)
  }

  async entries(): Promise<Entries> {
    return (await this.#db?.iterator().all()) ?? []
  }

  /** From now on nothing can be written. */
  fill(): void {
    this.#state = 'full'
  }

  /** Waits for what is being written, and closes. */
  async close(): Promise<void> {
    const most = this.#begun + 1000
    for (let idle = 0; idle < 3 && !this.wroteOn; idle = this.#writing > 0 ? 0 : idle + 1) {
      await nextTurn()
      this.wroteOn = this.#begun > most
    }
    this.#state = 'gone'
    await this.#db?.close()
  }

  /** The process is stopped, and started again. */
  async restart(): Promise<Database> {
    await this.close()
    return await this.open()
  }

  /** The process is killed, and started again: what was not written yet is never written. */
  async kill(): Promise<Database> {
    this.#state = 'gone'
    return await this.#restore(await this.entries())
  }

  /** The power fails: gone is also what was written and had not reached the disk. */
  async cutPower(): Promise<Database> {
    this.#state = 'gone'
    return await this.#restore(this.#flushed)
  }

  async #restore(entries: Entries): Promise<Database> {
    await this.#db?.close()
    this.#restored += 1
    const db = new Level<string, string>(join(this.#folder, `${this.#restored}`))
    await db.batch(entries.map(([key, value]) => ({ type: 'put', key, value })))
    await db.close()
    return await this.open()
  }

  /** A write takes its time: when it is asked for, it has not happened. */
  readonly #write: Write = async (options, write) => {
    if (this.#state === 'full') throw new Error('IO error: No space left on device')
    this.#begun += 1
    this.#writing += 1
    await nextTurn()
    if (this.#state === 'gone') return await new Promise(() => {}) // nobody is there to hear of it
    try {
      await write()
      if (options?.sync) this.#flushed = await this.entries()
    } finally {
      this.#writing -= 1
    }
  }
}

/** All writes go through one hand, those of a sublevel or of a chained batch, too. */
function watched(db: Database, through: Write): Database {
  const { put, del, batch, clear } = db
  return Object.assign(db, {
    put: (...[key, value, options = {}]: [string, string, Options]) =>
      through(options, () => put.call(db, key, value, options)),
    del: (...[key, options = {}]: [string, Options]) =>
      through(options, () => del.call(db, key, options)),
    clear: (options = {}) => through({}, () => clear.call(db, options)),
    batch(...[operations, options = {}]: [unknown, Options]) {
      if (operations !== undefined)
        return through(options, () => Reflect.apply(batch, db, [operations, options]))
      const chained: { write(options?: Options): Promise<void> } = Reflect.apply(batch, db, [])
      const write = chained.write.bind(chained)
      return Object.assign(chained, {
        write: (options: Options = {}) => through(options, () => write(options)),
      })
    },
  })
}
