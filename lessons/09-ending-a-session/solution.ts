import { randomUUID } from 'node:crypto'
import type { Level } from 'level'
import { Turns } from '../../example/store/turns.ts'
import type { SessionStore } from '../../lessons/session-store/types.ts'

export const firstStep: 'a sign-in' | 'a sign-out' | 'a sweep' | undefined = 'a sign-out'

interface Session {
  readonly valid: boolean
  readonly subject: string
  readonly expiresAt: number
}

/** A record for each session, and beside it an entry that says when it may be forgotten. */
export function createSessions(db: Level<string, string>): SessionStore {
  const turns = new Turns() // for one id, work begins when the work before it is done

  async function read(id: string, now: number): Promise<Session | undefined> {
    const text = await db.get(recordKey(id))
    const session: Session | undefined = text === undefined ? undefined : JSON.parse(text)
    return session?.valid && now < session.expiresAt ? session : undefined
  }

  return {
    async start(subject, lifetimeSeconds, now) {
      const id = randomUUID()
      const session: Session = { valid: true, subject, expiresAt: now + lifetimeSeconds }
      await db.batch([
        { type: 'put', key: recordKey(id), value: JSON.stringify(session) },
        { type: 'put', key: expiryKey(session.expiresAt, id), value: '' },
      ])
      return id
    },

    async isLive(id, now) {
      return (await read(id, now)) !== undefined
    },

    end(id, now) {
      return turns.take(id, async () => {
        const session = await read(id, now)
        if (session === undefined) return false
        const ended: Session = { ...session, valid: false }
        await db.put(recordKey(id), JSON.stringify(ended), { sync: true })
        return true
      })
    },

    async sweep(now) {
      const expired = await db.keys({ gt: 'x:', lt: expiryKey(now + 1, '') }).all()
      const ids = expired.map((key) => key.slice(expiryKey(0, '').length))
      const keys = [...expired, ...ids.map(recordKey)]
      await db.batch(keys.map((key) => ({ type: 'del', key })))
      return expired.length
    },
  }
}

function recordKey(id: string): string {
  return `r:${id}`
}

/** LevelDB keeps keys in the order of their letters: with zeros before it, a time stands where it belongs. */
function expiryKey(expiresAt: number, id: string): string {
  return `x:${String(expiresAt).padStart(16, '0')}:${id}`
}
