import { randomBytes } from 'node:crypto'
import { type Credential, privatePageBytes, signIn } from './client.ts'
import { temporaryFolder } from './folder.ts'
import { type ServerProcess, startServer } from './process.ts'
import { startCluster, startRedis } from './redis.ts'
import type { Running } from './running.ts'
import { startSessions } from './sessions.ts'

export interface Contestant {
  readonly name: string
  readonly url: string
  readonly pid: number
  /** What is asked for: `/private`, if nothing is said. */
  readonly path?: string
  /** How it is asked for, where that is no GET. */
  readonly request?: { readonly method: 'POST'; readonly body: string }
  /** What its requests carry. With several, the connections share them out and send them in turn. */
  readonly credentials: readonly Credential[]
}

/** The names in the tables; the others are compared with the first. */
export const names = {
  bare: 'bare `http.createServer`',
  level: 'session server, LevelDB',
  redis: 'session server, Redis',
  cluster: 'session server, Redis Cluster',
  fastifyRedis: 'fastify + @fastify/jwt + Redis',
  hapi: 'hapi + hapi-auth-jwt2 + Redis',
  express: 'express + express-session + connect-redis',
  fastify: 'fastify + @fastify/jwt, no look-up',
  fastifyCache: 'fastify + @fastify/jwt, no look-up, cached',
} as const

export interface Where {
  readonly servers: string | undefined
  readonly load: string | undefined
}

/** All servers of the comparison, each signed in to and its answers looked at. */
export async function startContestants(
  running: Running,
  { servers, load }: Where,
): Promise<Contestant[]> {
  const secret = randomBytes(32).toString('base64url')
  const redis = running.add(await startRedis(load)).url
  const cluster = running.add(await startCluster(load)).url
  const folder = running.add(temporaryFolder()).path

  const ours = async (name: string, url: string) => {
    const server = running.add(await startSessions({ url, secret }, servers))
    return { ...server, name, credentials: [await signIn(server.url)] }
  }
  const level = await ours(names.level, `level:${folder}`)
  const PAGE_BYTES = await pageBytesOf(level)

  const beside = async (name: string, file: string, env: Record<string, string> = {}) => {
    const server = await startBeside(running, file, servers, { PAGE_BYTES, ...env })
    return { ...server, name, credentials: [await signIn(server.url)] }
  }
  const REDIS_URL = redis
  const contestants = [
    level,
    await ours(names.redis, redis),
    await ours(names.cluster, cluster),
    await beside(names.fastify, 'fastify'),
    await beside(names.fastifyCache, 'fastify', { TOKEN_CACHE: 'on' }),
    await beside(names.fastifyRedis, 'fastify', { REDIS_URL }),
    await beside(names.express, 'express', { REDIS_URL }),
    await beside(names.hapi, 'hapi', { REDIS_URL }),
  ]
  for (const contestant of contestants)
    if ((await pageBytesOf(contestant)) !== PAGE_BYTES)
      throw new Error(`Cannot compare with ${contestant.name}: its page has another size`)
  return [await startBare(running, level, servers), ...contestants]
}

/** It reads no token, but the requests are those of the other: as many bytes to parse, as many to send. */
export async function startBare(
  running: Running,
  other: Contestant,
  core: string | undefined,
  nodeOptions: readonly string[] = [],
): Promise<Contestant & ServerProcess> {
  const PAGE_BYTES = await pageBytesOf(other)
  const server = await startBeside(running, 'bare', core, { PAGE_BYTES }, nodeOptions)
  return { ...server, name: names.bare, credentials: other.credentials }
}

/** Another server, in a process of its own. */
export async function startBeside(
  running: Running,
  file: string,
  core: string | undefined,
  env: Readonly<Record<string, string>>,
  nodeOptions: readonly string[] = [],
) {
  return running.add(
    await startServer(new URL(`servers/${file}.ts`, import.meta.url), core, env, nodeOptions),
  )
}

export async function pageBytesOf(server: Contestant): Promise<string> {
  const { url, path = '/private', credentials } = server
  return String(await privatePageBytes(url + path, credentials[0] ?? {}))
}
