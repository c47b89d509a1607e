// A link that was sent is a token with a record, as a session is. The token proves that we made it, and for whom; the record
// can be taken away once, and whoever has taken it away may do the one thing that the link is for.
import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import type { Log } from '../http/types.ts'
import { reasonOf } from '../server/reason-of.ts'
import { Records } from '../store/records.ts'
import type { RecordStore } from '../store/types.ts'
import type { Audit } from './audit.ts'
import type { Tokens } from './tokens.ts'
import type { User, Users } from './user.ts'

const purposes = ['verify-email', 'reset-password'] as const

/** What a link is for: one thing, and nothing else. */
export type Purpose = (typeof purposes)[number]

const Link = v.object({
  /** `jti` in its token. */
  id: v.string(),
  subject: v.string(),
  purpose: v.picklist(purposes),
  /** The epoch of the user when it was sent: what ends all sessions makes the links useless, too. */
  epoch: v.string(),
})
export type Link = v.InferOutput<typeof Link>

export interface Links {
  /** A new link for this user: its token. */
  make(user: User, purpose: Purpose): Promise<string>
  /** Whose link it is, if it can be used for this. Consumes nothing. */
  find(token: string, purpose: Purpose): Promise<User | undefined>
  /** Uses it: the user as `change` has made them, for one of all who try; `undefined` for everybody else. */
  use(token: string, purpose: Purpose, change: (user: User) => User): Promise<User | undefined>
}

export function createLinks(deps: {
  store: RecordStore
  tokens: Pick<Tokens, 'verify' | 'link'>
  users: Pick<Users, 'find' | 'change'>
  linkSeconds: number
  audit: Audit
  now: () => number
  log: Log
}): Links {
  const { store, tokens, users, linkSeconds, audit, now, log } = deps
  const isAt = ({ subject, id }: Link, key: { owner: string; id: string }) =>
    subject === key.owner && id === key.id
  const records = new Records(store, 'link', Link, isAt)

  async function look(token: string, purpose: Purpose) {
    const { sub, jti, purpose: named } = await tokens.verify.link(token, now())
    if (named !== purpose) return undefined
    const [link, user] = await Promise.all([records.find(sub, jti), users.find(sub)])
    const good = link?.purpose === purpose && user !== undefined && isGood(link, user)
    return good ? { link, user } : undefined
  }

  async function use(token: string, purpose: Purpose, change: (user: User) => User) {
    const { link } = (await look(token, purpose)) ?? {}
    // The link first, then what it is for: cut off in between, the link is used up and nothing has changed. To have found it
    // is not enough, since fifty may have: the one who took it away, safely, goes on.
    const taken = link && (await records.remove(link.subject, link.id, { durable: true }))
    if (!taken) return undefined
    const ifGood = (user: User) => (isGood(link, user) ? change(user) : undefined)
    const user = await users.change(link.subject, ifGood)
    if (user !== undefined) audit('link used', { user: user.id, purpose })
    return user
  }

  /** Every reason is in the log, and none in the answer. */
  async function orRefused<T>(looked: Promise<T | undefined>): Promise<T | undefined> {
    try {
      const found = await looked
      if (found === undefined) log('warn', 'link refused', { reason: 'no-live-link' })
      return found
    } catch (error) {
      log('warn', 'link refused', { reason: reasonOf(error) })
      return undefined
    }
  }

  return {
    async make({ id: subject, epoch }, purpose) {
      const link = { id: randomUUID(), subject, purpose, epoch }
      const time = now()
      if (!(await records.insert(subject, link.id, link, time + linkSeconds)))
        throw new Error('Cannot make the link: its random id is taken')
      return await tokens.link(link, time)
    },
    find: async (token, purpose) => (await orRefused(look(token, purpose)))?.user,
    use: (token, purpose, change) => orRefused(use(token, purpose, change)),
  }
}

function isGood(link: Link, user: User): boolean {
  return user.enabled && user.epoch === link.epoch
}
