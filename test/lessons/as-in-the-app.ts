import { Sessions } from '../../example/sessions/session.ts'
import type { RecordStore } from '../../example/store/types.ts'
import type { SessionStore } from '../../lessons/session-store/types.ts'

/** What the app has, on its own store. Here all sessions have one owner. */
export function asInTheApp(store: RecordStore): SessionStore {
  const sessions = new Sessions(store)
  return {
    start: (subject, lifetimeSeconds, now) =>
      sessions.start({ subject: 'all', lifetimeSeconds, agent: subject }, now),
    isLive: async (id, now) => (await sessions.find('all', id, now)) !== undefined,
    end: async (id, now) => (await sessions.end('all', id, now)) !== undefined,
    sweep: (now) => store.sweep(now),
  }
}
