import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type autocannon from 'autocannon'
import { type Pair, post, signInPair, startAccounts, users } from '../accounts.ts'
import { account, bearer, signIn } from '../client.ts'
import { type Contestant, pageBytesOf, startBare, startBeside, type Where } from '../contestants.ts'
import { temporaryFolder } from '../folder.ts'
import { fire } from '../load.ts'
import { measure } from '../measure.ts'
import { progress } from '../progress.ts'
import { startRedis } from '../redis.ts'
import { type Results, runRounds } from '../rounds.ts'
import { Running } from '../running.ts'
import { type Spread, spreadOf } from '../spread.ts'
import { usageOf } from '../usage.ts'

export const accountsNames = {
  level: 'accounts server, LevelDB',
  redis: 'accounts server, Redis',
  fastify: 'fastify + @fastify/jwt + two look-ups in Redis',
  fastifyAtOnce: 'the same, with both look-ups at once, through pipelines',
} as const

export interface Accounts {
  /** `GET /welcome`, with a bare server whose body has the same size. */
  readonly welcome: Results
  /** Refreshes of a second, divided round by round by the answers of the bare server to the same requests. */
  readonly refresh: ReadonlyMap<string, Spread>
  readonly busy: Busy
  /** Milliseconds to each kind of refused sign-in, the median of forty. */
  readonly refusals: ReadonlyMap<string, number>
  readonly memory: Memory
}

interface Busy {
  readonly idleMilliseconds: number
  readonly busyMilliseconds: number
  readonly signOutMilliseconds: number
  readonly answered: number
  readonly refused: number
}

interface Memory {
  readonly refreshes: number
  readonly residentBytes: readonly number[]
}

interface Options {
  readonly rounds: number
  readonly seconds: number
}

/** How fast are two look-ups and a rotation, and who has to wait while many sign in? */
export async function measureAccounts(where: Where, options: Options): Promise<Accounts> {
  const running = new Running()
  try {
    const secret = randomBytes(32).toString('base64url')
    const redis = running.add(await startRedis(where.load)).url
    const ours = async (name: string, url: string, settings = {}): Promise<Contestant> => {
      const server = running.add(await startAccounts({ url, secret }, where.servers, settings))
      const { access_token } = await signInPair(server.url)
      return { ...server, name, path: '/welcome', credentials: [bearer(access_token)] }
    }
    const newLevel = () => `level:${running.add(temporaryFolder()).path}`
    const level = await ours(accountsNames.level, newLevel())
    const onRedis = await ours(accountsNames.redis, redis)
    const PAGE_BYTES = await pageBytesOf(level)
    const env = { PAGE_BYTES, REDIS_URL: redis, USER_RECORDS: 'on' }
    const fastify = async (name: string, IN_TURN: string): Promise<Contestant> => {
      const server = await startBeside(running, 'fastify', where.servers, { ...env, IN_TURN })
      return { ...server, name, credentials: [await signIn(server.url)] }
    }
    const bare = await startBare(running, level, where.servers)
    const inTurn = await fastify(accountsNames.fastify, 'on')
    const atOnce = await fastify(accountsNames.fastifyAtOnce, 'off')
    const all = [bare, level, onRedis, inTurn, atOnce]

    const load = { ...options, connections: 100, loadCore: where.load }
    const refusals = await measureRefusals(level.url) // first, while its user has one device and not hundreds
    return {
      refusals,
      welcome: await runRounds(all, load),
      refresh: await measureRefreshes([level, onRedis], bare, options),
      busy: await measureBusy(await ours('busy', newLevel(), { SESSIONS_PER_USER: '10' }), where),
      memory: await measureMemory(level, options),
    }
  } finally {
    await running.stop()
  }
}

async function measureRefreshes(
  contestants: readonly Contestant[],
  bare: Contestant,
  { rounds, seconds }: Options,
): Promise<Map<string, Spread>> {
  const ratios = new Map<string, Spread>()
  for (const { name, url } of contestants) {
    progress(`refreshes: ${name}`)
    const figures: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const ours = await refreshFor(name, url, url, seconds)
      figures.push(ours.perSecond / (await refreshFor(bare.name, bare.url, url, seconds)).perSecond)
    }
    ratios.set(name, spreadOf(figures))
  }
  return ratios
}

const connections = 50

/** Each connection has a device of its own, and uses each token that it gets. */
async function refreshFor(name: string, url: string, signInAt: string, seconds: number) {
  const pairs: Pair[] = []
  for (let device = 0; device < connections; device += 1) pairs.push(await signInPair(signInAt))
  const { count, first, last } = await fire(name, {
    url,
    connections,
    duration: seconds,
    setupClient: (client) => client.setRequests([refreshing(pairs.pop()?.refresh_token ?? '')]),
  })
  return { count, perSecond: (count / (last - first)) * 1000 }
}

function refreshing(first: string): autocannon.Request {
  let token = first
  return {
    method: 'POST',
    path: '/refresh',
    setupRequest: (request) => ({ ...request, headers: bearer(token) }),
    onResponse(_status, body) {
      token = /"refresh_token":"([^"]+)/.exec(body)?.[1] ?? token
    },
  }
}

const signInsPerSecond = 50
const stormSeconds = 5

/**
 * Fifty sign-ins a second arrive, whether the last one was answered or not: who waits, and for how long? Ten devices are what a
 * user has by default; with hundreds, a sign-in reads them all.
 */
async function measureBusy(level: Contestant, where: Where): Promise<Busy> {
  const load = { connections: 10, seconds: stormSeconds, loadCore: where.load }
  const idle = await measure(level, load)
  const devices: Pair[] = []
  for (let device = 1; device < 10; device += 1) devices.push(await signInPair(level.url))

  progress('sign-ins, fifty a second')
  const signIns: Array<Promise<Response>> = []
  const storm = setInterval(
    () => signIns.push(post(`${level.url}/signin`, { ...account, username: users.other })),
    1000 / signInsPerSecond,
  )
  const [busy, signOuts] = await Promise.all([measure(level, load), signOutAll(level.url, devices)])
  clearInterval(storm)
  const statuses = (await Promise.all(signIns)).map(({ status }) => status)
  const answered = statuses.filter((status) => status === 200).length
  if (!statuses.every((status) => status === 200 || status === 503))
    throw new Error(`Cannot measure the sign-ins: they came to ${[...new Set(statuses)]}`)
  return {
    idleMilliseconds: idle.p99Milliseconds,
    busyMilliseconds: busy.p99Milliseconds,
    signOutMilliseconds: Math.max(...signOuts),
    answered,
    refused: statuses.length - answered,
  }
}

async function signOutAll(url: string, devices: readonly Pair[]): Promise<number[]> {
  const times: number[] = []
  for (const { access_token } of devices) {
    await wait(300)
    times.push(await timeOf(() => post(`${url}/logout`, {}, access_token), 200))
  }
  return times
}

async function timeOf(ask: () => Promise<Response>, expected: number): Promise<number> {
  const start = performance.now()
  const res = await ask()
  await res.arrayBuffer()
  if (res.status !== expected) throw new Error(`Cannot measure: ${res.status} came`)
  return performance.now() - start
}

/** Nobody of that name, a wrong password, somebody who is switched off: asked in turn. */
async function measureRefusals(url: string): Promise<Map<string, number>> {
  progress('refused sign-ins')
  const asked: Array<[kind: string, fields: Record<string, string>]> = [
    ['nobody of that name', { username: users.unknown, password: account.password }],
    ['a wrong password', { username: users.known, password: 'another one' }],
    ['switched off', { username: users.off, password: account.password }],
  ]
  const times = new Map(asked.map(([kind]): [string, number[]] => [kind, []]))
  for (let sample = 0; sample < 40; sample += 1)
    for (const [kind, fields] of asked)
      times.get(kind)?.push(await timeOf(() => post(`${url}/signin`, fields), 401))
  return new Map([...times].map(([kind, all]) => [kind, spreadOf(all).median]))
}

/** Does the memory of the server grow with what it has refreshed? */
async function measureMemory(
  { name, url, pid }: Contestant,
  { seconds }: Options,
): Promise<Memory> {
  let refreshes = 0
  const residentBytes: number[] = []
  for (let span = 0; span < 5; span += 1) {
    refreshes += (await refreshFor(name, url, url, seconds * 2)).count
    residentBytes.push(usageOf(pid)?.residentBytes ?? Number.NaN)
  }
  return { refreshes, residentBytes }
}
