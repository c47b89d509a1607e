import type { Parts } from '../../example/sessions/app.ts'
import type { Session } from '../../example/sessions/session.ts'
import { serving } from '../exchange.ts'
import { assemble } from '../mutants/assemble.ts'
import { start, underTest } from '../mutants/start.ts'
import type { ServerUnderTest } from '../mutants/types.ts'
import type { SessionStore } from './types.ts'

/** Serves the app with this store in the place of its own. */
export async function serveWith(
  store: SessionStore,
  use: (server: ServerUnderTest) => Promise<void>,
): Promise<void> {
  const { handler, controls } = await start((deps) =>
    assemble(deps, { sessions: () => asParts(store) }),
  )
  await serving(handler, (ask) => use(underTest(ask, controls).server))
}

/** The store as the app calls it. */
function asParts(store: SessionStore): Parts['sessions'] {
  return {
    start: ({ subject, lifetimeSeconds }, now) => store.start(subject, lifetimeSeconds, now),
    find: async (subject, id, now) =>
      (await store.isLive(id, now)) ? sessionOf(subject, id, now) : undefined,
    end: async (subject, id, now) =>
      (await store.end(id, now)) ? sessionOf(subject, id, now) : undefined,
    look: async () => undefined,
  }
}

function sessionOf(subject: string, id: string, now: number): Session {
  return { id, subject, valid: true, createdAt: now, expiresAt: now, agent: '' }
}
