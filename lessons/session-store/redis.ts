import { randomUUID } from 'node:crypto'
import { parseStoreUrl } from '../../example/store/url.ts'
import { disagreement } from '../disagree.ts'
import { sharing } from '../run.ts'
import { OwnRedis } from './own-redis.ts'
import { type Connect, type Place, RedisMachine } from './redis-machine.ts'

export const notInstalled = 'no Redis was found. Install one: npm run setup'
export const redisMissing = `${notInstalled}. Or name one: REDIS_URL=redis://127.0.0.1:6379 npm run learn`

type Use = (machine: RedisMachine) => Promise<void>

/** Lends the Redis of REDIS_URL, or one of its own, and leaves nothing behind; `false` where there is neither. */
export async function lendRedis(connect: Connect, use: Use, place?: Error): Promise<boolean> {
  const { REDIS_URL = '' } = process.env
  if (REDIS_URL === '') return await lendOwnRedis(connect, use, place)
  await using(new RedisMachine(connect, given(REDIS_URL)), use, place)
  return true
}

/** Lends a Redis that is nobody else's; `false` where none can be started. */
export async function lendOwnRedis(connect: Connect, use: Use, place?: Error): Promise<boolean> {
  return await lendOwn(async (own) => {
    if (own.isThere) await using(new RedisMachine(connect, { ...ours, own }), use, place)
    return own.isThere
  })
}

const lendOwn = sharing(OwnRedis.start)

async function using(machine: RedisMachine, use: Use, place?: Error): Promise<void> {
  try {
    await use(machine)
  } catch (error) {
    await machine.close().catch(() => {}) // what went wrong before that says more
    throw error
  }
  await machine.close()
  if (machine.leftOpen) throw disagreement(using, leftOpen, { thrown: place })
}

const leftOpen = 'your store leaves a connection open, besides that of connect'

const ours = { host: '127.0.0.1', client: { keyPrefix: '' } }

/** Somebody's Redis: our keys are told from others by what they begin with. */
function given(url: string): Place {
  const parsed = parseStoreUrl(url)
  const [at] = 'hosts' in parsed ? parsed.hosts : []
  if (parsed.engine !== 'redis' || at === undefined)
    throw new TypeError('Cannot use REDIS_URL: it has to begin with redis:// or rediss://')
  const { username, password, database: db, tls } = parsed
  const user = username === undefined ? {} : { username }
  const secret = password === undefined ? {} : { password }
  return { ...at, tls, client: { ...user, ...secret, db, keyPrefix: `lesson:${randomUUID()}:` } }
}
