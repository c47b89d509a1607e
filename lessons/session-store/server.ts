import type { Parts } from '../../example/sessions/app.ts'
import type { Session } from '../../example/sessions/session.ts'
import { type Answer, serving } from '../exchange.ts'
import { assemble } from '../mutants/assemble.ts'
import { bearer } from '../mutants/forge.ts'
import { start, underTest } from '../mutants/start.ts'
import type { ServerUnderTest } from '../mutants/types.ts'
import { gives } from './gives.ts'
import type { SessionStore } from './types.ts'

/** Serves the app with this store in the place of its own. */
export async function serveWith(
  { store }: { store: SessionStore },
  use: (app: Visited) => Promise<void>,
): Promise<void> {
  const { handler, controls } = await start((deps) =>
    assemble(deps, { sessions: () => asParts(store) }),
  )
  await serving(handler, (ask) => use(visited(underTest(ask, controls).server)))
}

/** The app as Ada sees it, on one of her devices: which status she gets. */
interface Visited {
  /** Gives the token. */
  signIn(): Promise<string>
  signOut(token: string): Promise<void>
  visit(token: string, when: string, expected: number): Promise<void>
}

function visited(server: ServerUnderTest): Visited {
  const statusOf = async (answer: Promise<Answer>) => (await answer).status
  return {
    signIn: async () => (await server.signIn()).token,
    signOut: (token) =>
      gives(
        'the status of POST /logout',
        () => statusOf(server.post('/logout', bearer(token))),
        200,
      ),
    visit: (token, when, expected) =>
      gives(
        `the status of GET /private, ${when}`,
        () => statusOf(server.get('/private', bearer(token))),
        expected,
      ),
  }
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
