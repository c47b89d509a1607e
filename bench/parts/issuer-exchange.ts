import { setTimeout as wait } from 'node:timers/promises'
import { createPasswords } from '../../example/password/hash.ts'
import { type Contestant, startBeside, type Where } from '../contestants.ts'
import { temporaryFolder } from '../folder.ts'
import { okOrThrow, openIssuer, signedIn, startIssuer } from '../issuers.ts'
import { millisecondsOf } from '../per-second.ts'
import { progress } from '../progress.ts'
import { startRedis } from '../redis.ts'
import { atMost, type Judged, only } from '../report/judged.ts'
import { ratioOf, runRounds } from '../rounds.ts'
import { Running } from '../running.ts'
import { spreadOf } from '../spread.ts'

type Exchange = Awaited<ReturnType<typeof signedIn>>

const json = { 'content-type': 'application/json' }

async function post(url: string, fields: object, headers = {}): Promise<string> {
  const body = JSON.stringify(fields)
  return await okOrThrow(
    await fetch(url, { method: 'POST', headers: { ...json, ...headers }, body }),
  )
}

/** `POST /token/access` on twenty connections, beside fastify which does the same with jose. */
export async function measureExchange(where: Where, rounds: number): Promise<Judged[]> {
  progress('exchanges')
  const running = new Running()
  try {
    const url = `level:${running.add(temporaryFolder()).path}/data`
    const ours = await preparedAt(url)
    const issuer = running.add(await startIssuer(url, where.servers))
    const env = { FOLDER: running.add(temporaryFolder()).path }
    const fastify = await startBeside(running, 'fastify-issuer', where.servers, env)
    const { namespace } = ours
    const { token } = JSON.parse(await post(`${fastify.url}/token/refresh`, { namespace }))
    const theirs = { namespace, refresh_token: String(token) }

    const contestants = [
      asking({ ...issuer, name: 'issuer' }, ours),
      asking({ ...fastify, name: 'fastify' }, theirs),
    ]
    const load = { connections: 20, seconds: 2, loadCore: where.load }
    const results = await runRounds(contestants, { ...load, rounds })
    const ratios = ratioOf(results, 'issuer', 'fastify')
    return [only('`POST /token/access` / fastify + jose', ratios)]
  } finally {
    await running.stop()
  }
}

function asking(server: Pick<Contestant, 'name' | 'url' | 'pid'>, exchange: Exchange): Contestant {
  const request = { method: 'POST', body: JSON.stringify(exchange) } as const
  return { ...server, path: '/token/access', request, credentials: [json] }
}

/** Who waits, and for how long, while an application gets four keys of RSA: beside them in one process, and in a second one. */
export async function measureRsa(where: Where, rounds: number): Promise<Judged[]> {
  progress('RSA keys beside others')
  const running = new Running()
  try {
    const { url } = running.add(await startRedis(where.load))
    const exchange = await preparedAt(url)
    const first = running.add(await startIssuer(url, where.servers))
    const second = running.add(await startIssuer(url, where.servers))
    const authorization = await administrator(first.url)
    let made = 0
    const make = () => {
      made += 1
      const wishes = { name: `rsa-${made}`, sig_alg: 'RS256', enc_alg: 'RSA-OAEP-256' }
      return post(`${first.url}/admin/namespaces/add`, wishes, { authorization })
    }
    const rows: Judged[] = []
    for (const [who, server] of [
      ['that process', first],
      ['a second process', second],
    ] as const) {
      const delays: number[] = []
      for (let round = 0; round < rounds; round += 1) {
        const idle = await longestWait(server.url, exchange, wait(2000))
        delays.push((await longestWait(server.url, exchange, make())) - idle)
      }
      const what = `four RSA keys are made: how much later is the latest answer of ${who}`
      rows.push(atMost(what, spreadOf(delays), { aim: 50, unit: 'ms' }))
    }
    return rows
  } finally {
    await running.stop()
  }
}

/** Asks for an access token every twenty milliseconds until then. */
async function longestWait(url: string, exchange: Exchange, until: Promise<unknown>) {
  let isOver = false
  const end = until.finally(() => {
    isOver = true
  })
  let longest = 0
  while (!isOver) {
    const asked = await millisecondsOf(() => post(`${url}/token/access`, exchange))
    longest = Math.max(longest, asked)
    await wait(20)
  }
  await end
  return longest
}

async function preparedAt(url: string): Promise<Exchange> {
  const issuer = await openIssuer(url)
  try {
    const hash = await createPasswords().hash(password)
    await issuer.administrators.create({ name: 'root', hash }, issuer.now())
    return await signedIn(issuer)
  } finally {
    await issuer.close()
  }
}

const password = 'for the benchmark only'

async function administrator(url: string): Promise<string> {
  const { token } = JSON.parse(await post(`${url}/admin/login`, { username: 'root', password }))
  return `Bearer ${token}`
}
