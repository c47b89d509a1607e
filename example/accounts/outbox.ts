// What stands here in the place of a mail server: a page that shows what would have been sent. A mail server is not what this
// teaches. `SendMail` is the one function to replace: give `createApp` yours.
import * as v from 'valibot'
import { Records } from '../store/records.ts'
import type { RecordStore } from '../store/types.ts'

const Mail = v.object({
  /** The name of a user, which stands for an address here. */
  to: v.string(),
  subject: v.string(),
  text: v.string(),
  /** Whoever has it may use it: it belongs into this mail, and into no log. */
  link: v.string(),
})
export type Mail = v.InferOutput<typeof Mail>

/** Sends one mail, or hands it to what will. It may take its time: where that would tell who has an account, the answer goes first. */
export type SendMail = (mail: Mail) => Promise<void>

const Kept = v.object({ ...Mail.entries, at: v.number() })

const keptSeconds = 3600
const most = 50
/** Records are listed by their ids, so they are numbered downwards: the newest stands first. */
const beforeTheFirst = 999_999_999
const ours = /^\d{9}$/

/** The mail of everybody, for an hour: only in teaching mode. */
export class Outbox {
  readonly #records: Records<v.InferOutput<typeof Kept>>
  readonly #now: () => number

  constructor(store: RecordStore, now: () => number) {
    this.#records = new Records(store, 'outbox', Kept, () => true)
    this.#now = now
  }

  async put(mail: Mail): Promise<void> {
    const kept = { ...mail, at: this.#now() }
    const ids: string[] = []
    for await (const { id } of this.#records.list('all')) if (ours.test(id)) ids.push(id)
    let number = Number(ids[0] ?? beforeTheFirst) - 1
    // Where another was faster, it stands before that one.
    while (!(await this.#records.insert('all', `${number}`, kept, kept.at + keptSeconds)))
      number -= 1
    for (const old of ids.slice(most - 1)) await this.#records.remove('all', old)
  }

  /** The newest first. */
  async mails() {
    const since = this.#now() - keptSeconds
    const mails: Array<v.InferOutput<typeof Kept>> = []
    for await (const { record } of this.#records.list('all'))
      if (record !== undefined && record.at > since) mails.push(record)
    return mails
  }
}
