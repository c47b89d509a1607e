import { sessionKey, sessionPolicy } from '../example/sessions/policy.ts'
import { Sessions } from '../example/sessions/session.ts'
import { openStore } from '../example/store/open.ts'
import type { RecordStore } from '../example/store/types.ts'
import { issue } from '../example/token/issue.ts'
import type { Credential } from './client.ts'
import { bearer } from './client.ts'
import type { Store } from './sessions.ts'

/** Many people, each signed in once. */
export interface Population {
  readonly fillSeconds: number
  /** One look-up of any of the sessions, with 64 under way at once. */
  readonly lookUpMicroseconds: number
  /** Tokens for sessions from all over the store, in no order. */
  readonly credentials: readonly Credential[]
}

/**
 * Always as many, however many sessions there are, so that only the look-up can differ; and five
 * times what the server remembers of proven tokens, so that nearly every request is one of somebody
 * who has not been here for a while.
 */
const sampleSize = 50_000

/** Filling a store is no test of how it answers in time. */
export const patient = { connectMilliseconds: 5000, commandMilliseconds: 5000, waitReplicas: 0 }

const lifetimeSeconds = 7 * 86_400 // the server's default

/** Fills an empty store with live sessions, through the code that the server itself uses. */
export async function populate({ url, secret }: Store, count: number): Promise<Population> {
  const store = await openStore(url, { redis: patient })
  try {
    const start = performance.now()
    const ids = await fill(store, { count, lifetimeSeconds, now: now() })
    const fillSeconds = (performance.now() - start) / 1000
    const lookUpMicroseconds = await timeLookUps(store, ids)
    return { fillSeconds, lookUpMicroseconds, credentials: await signSample(ids, secret) }
  } finally {
    await store.close()
  }
}

/** The ids of the new sessions, in the order of the people. */
export async function fill(
  store: RecordStore,
  { count, lifetimeSeconds, now }: { count: number; lifetimeSeconds: number; now: number },
): Promise<string[]> {
  const sessions = new Sessions(store)
  const ids: string[] = []
  while (ids.length < count) {
    const batch = Array.from({ length: Math.min(256, count - ids.length) }, (_, index) =>
      sessions.start({ subject: person(ids.length + index), lifetimeSeconds, agent }, now),
    )
    ids.push(...(await Promise.all(batch)))
  }
  return ids
}

const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

async function timeLookUps(store: RecordStore, ids: readonly string[]): Promise<number> {
  const sessions = new Sessions(store)
  const times = 50_000
  const start = performance.now()
  for (let done = 0; done < times; done += 64) {
    const batch = Array.from({ length: 64 }, async () => {
      const index = Math.floor(Math.random() * ids.length)
      const session = await sessions.find(person(index), ids[index] ?? '', now())
      if (session === undefined) throw new Error('Cannot find a session that was just written')
    })
    await Promise.all(batch)
  }
  return ((performance.now() - start) * 1000) / times
}

/** Where there are fewer sessions than tokens, a session has several, each issued at another second. */
async function signSample(ids: readonly string[], secret: string): Promise<Credential[]> {
  const policy = sessionPolicy(lifetimeSeconds)
  const key = sessionKey(secret)
  const issuedAt = now()
  const sample: Credential[] = []
  for (let index = 0; index < sampleSize; index += 1) {
    // A step that shares no factor with the count visits every session before any twice.
    const one = (index * 7_654_321) % ids.length
    const request = { subject: person(one), id: ids[one] ?? '', lifetimeSeconds }
    const earlier = Math.floor(index / ids.length)
    sample.push(bearer(await issue(request, { key, policy, now: issuedAt - earlier })))
  }
  return sample
}

function person(index: number): string {
  return `person-${index}`
}

/** Seconds since 1970. */
export function now(): number {
  return Math.floor(Date.now() / 1000)
}
