import { Cluster, type Redis } from 'ioredis'
import { StoreNotOpened } from '../errors.ts'
import type { RedisUrl } from '../url.ts'

/**
 * Looks at every server once, when the store is opened. What would lose records, or show them to others, is a warning,
 * one sentence each; a server that cannot do the work at all is refused.
 */
export async function checkServers(client: Redis | Cluster, url: RedisUrl): Promise<string[]> {
  const servers = client instanceof Cluster ? client.nodes('master') : [client]
  const warnings = await Promise.all(
    servers.map(async (server) => warningsOf(parseInfo(await server.info()), url)),
  )
  return [...new Set([...passwordWarnings(url), ...warnings.flat()])]
}

function warningsOf(info: ReadonlyMap<string, string>, { engine }: RedisUrl): string[] {
  if (info.get('redis_mode') === 'sentinel')
    throw new StoreNotOpened('the server is a sentinel. Begin STORE_URL with redis-sentinel://')
  if (engine !== 'redis-cluster' && info.get('cluster_enabled') === '1')
    throw new StoreNotOpened(
      'the server is part of a Cluster. Begin STORE_URL with redis-cluster://',
    )

  const version = info.get('redis_version')
  if (version !== undefined && Number.parseInt(version, 10) < 6)
    throw new StoreNotOpened(`Redis ${version} lacks what is needed. Use 6.2 or later in STORE_URL`)
  const policy = info.get('maxmemory_policy') ?? 'noeviction'
  return [
    ...(version !== undefined && isOld(version)
      ? [`Redis ${version} is older than 6.2 and no longer looked after`]
      : []),
    ...(policy === 'noeviction'
      ? []
      : [
          `Redis forgets records when its memory is full (${policy}): set maxmemory-policy noeviction`,
        ]),
    ...(info.get('aof_enabled') === '0'
      ? [
          'Redis keeps no append-only file: after a crash records may say again what they said before, or be gone. Set appendonly yes and appendfsync always',
        ]
      : []),
  ]
}

function passwordWarnings({ hosts, password }: RedisUrl): string[] {
  if (password !== undefined || hosts.every(({ host }) => isLoopback(host))) return []
  return [
    'STORE_URL has no password, and Redis is on another machine: who reaches it can read and change every record',
  ]
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d+){3}$/.test(host)
}

function isOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major < 6 || (major === 6 && minor < 2)
}

/** `name:value` lines, and headings that begin with `#`. */
function parseInfo(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split('\r\n').map((line) => {
      const [name = '', ...value] = line.split(':')
      return [name, value.join(':')]
    }),
  )
}
