import { Sessions } from '../../example/sessions/session.ts'
import { openStore } from '../../example/store/open.ts'
import type { RecordStore } from '../../example/store/types.ts'
import { sessionToken } from '../support/fixtures.ts'
import { patient, type RedisServer } from '../support/redis.ts'
import type { RedisCluster } from '../support/redis-cluster.ts'
import { until } from '../support/until.ts'

/** Somebody with a session, whose record is in a slot of the Cluster. */
export interface Visitor {
  readonly token: string
  readonly record: string
}

/**
 * Signs in one visitor for each owner. Our server knows one user, and one user's records are in one slot:
 * so these are written into its store, and their tokens made with its secret.
 */
export async function visitors(store: RecordStore, owners: readonly string[]): Promise<Visitor[]> {
  const sessions = new Sessions(store)
  const now = Math.floor(Date.now() / 1000)
  const lifetimeSeconds = 3600
  return await Promise.all(
    owners.map(async (subject) => {
      const id = await sessions.start({ subject, lifetimeSeconds, agent: '' }, now)
      const claims = { sub: subject, jti: id, iat: now, exp: now + lifetimeSeconds }
      return { token: sessionToken(claims), record: `session:{${subject}}:${id}` }
    }),
  )
}

/** `count` names. */
export function owners(count: number): string[] {
  return Array.from({ length: count }, (_, n) => `owner-${n}`)
}

/** How often each status was answered; `0` is a request that nobody answered. */
export type Statuses = Record<number, number>

export interface Traffic {
  /** How often each status was answered so far. */
  readonly statuses: Statuses
  /** Resolves when every request is answered that was sent. */
  stop(): Promise<Statuses>
}

/** Callers who visit again and again, one after the other, until they are told to stop. */
export function traffic(url: string, visitors: readonly Visitor[], callers = 8): Traffic {
  const statuses: Statuses = {}
  let stopped = false
  const call = async (first: number) => {
    for (let n = first; !stopped; n += 1) {
      const status = await statusOf(url, '/private', visitors[n % visitors.length])
      statuses[status] = (statuses[status] ?? 0) + 1
    }
  }
  const step = Math.ceil(visitors.length / callers)
  const calls = Array.from({ length: callers }, (_, n) => call(n * step))
  return {
    statuses,
    async stop() {
      stopped = true
      await Promise.all(calls)
      return statuses
    },
  }
}

export const leave = (url: string, visitor: Visitor | undefined) =>
  statusOf(url, '/logout', visitor, 'POST')

/** Far more than any answer may take. */
const longestMilliseconds = 10_000

/** The status of the answer, or 0 without one. */
export async function statusOf(
  url: string,
  path: string,
  visitor: Visitor | undefined,
  method = 'GET',
): Promise<number> {
  const headers = { authorization: `Bearer ${visitor?.token}` }
  const signal = AbortSignal.timeout(longestMilliseconds)
  try {
    const res = await fetch(url + path, { method, headers, signal })
    await res.text()
    return res.status
  } catch {
    return 0
  }
}

export function countOf(all: readonly number[]): Statuses {
  const statuses: Statuses = {}
  for (const status of all) statuses[status] = (statuses[status] ?? 0) + 1
  return statuses
}

/** All that were answered, in one line. */
export function say(statuses: Statuses): string {
  return Object.entries(statuses)
    .map(([status, count]) => `${count} × ${status === '0' ? 'no answer' : status}`)
    .join(', ')
}

/** A replica that has its copy may need another second before it confirms a write. Here every master has one. */
export async function replicasConfirm({ url }: { readonly url: string }): Promise<void> {
  const redis = { ...patient, waitReplicas: 1 }
  const store = await openStore(url, { redis })
  try {
    for (const owner of owners(10)) {
      const key = { kind: 'session', owner, id: 'of-nobody' }
      await until(async () => {
        await store.insert(key, '')
        return await store.remove(key, { durable: true })
      }, `a replica confirms a write of ${owner}`)
    }
  } finally {
    await store.close()
  }
}

export async function slotOf(cluster: RedisCluster, record: string): Promise<number> {
  return Number(await cluster.masters[0]?.command('CLUSTER', 'KEYSLOT', record))
}

/** The master that has this record, and another one. */
export async function fromAndTo(cluster: RedisCluster, record: string) {
  const from = await cluster.masterOf(record)
  const to = cluster.masters.find((master) => master !== from)
  if (to === undefined) throw new Error('There is only one master')
  return { from, to }
}

/** Begins to move a slot, moves these records, and leaves it at that. */
export async function moveHalf(
  slot: number,
  { from, to }: { from: RedisServer; to: RedisServer },
  records: readonly string[],
): Promise<void> {
  const [fromId, toId] = await Promise.all(
    [from, to].map(async (server) => String(await server.command('CLUSTER', 'MYID'))),
  )
  await to.command('CLUSTER', 'SETSLOT', String(slot), 'IMPORTING', String(fromId))
  await from.command('CLUSTER', 'SETSLOT', String(slot), 'MIGRATING', String(toId))
  const target = ['127.0.0.1', String(to.port), '', '0', '5000']
  if (records.length > 0) await from.command('MIGRATE', ...target, 'KEYS', ...records)
}
