import { isIPv6 } from 'node:net'

/** Where records are kept, as a URL says it. Holds a password at times: never for a log or a message. */
export type StoreUrl =
  | { readonly engine: 'memory' }
  | { readonly engine: 'level'; readonly folder: string }
  | RedisUrl

export interface RedisUrl {
  readonly engine: 'redis' | 'redis-cluster' | 'redis-sentinel'
  readonly tls: boolean
  /** The server; for a Cluster some of its nodes, for Sentinel the sentinels. At least one. */
  readonly hosts: readonly Host[]
  /** What Sentinel calls the master. */
  readonly masterName?: string | undefined
  readonly username?: string | undefined
  readonly password?: string | undefined
  readonly database: number
}

interface Host {
  readonly host: string
  readonly port: number
}

const redisGrammar = /^(redis|rediss)(-cluster|-sentinel)?:\/\/([^/?#\s]+)(?:\/(\d{1,3})?)?$/

/**
 * Reads `memory:`, `level:./data`, `redis://ada:secret@host:6379/0`, `rediss://…` for TLS,
 * `redis-cluster://a:6379,b:6379` or `redis-sentinel://name@a:26379,b:26379`.
 * @throws TypeError whose message says what is wrong and holds no part of the URL
 */
export function parseStoreUrl(text: string): StoreUrl {
  if (text === 'memory:') return { engine: 'memory' }
  const folder = /^level:(.+)$/.exec(text)?.[1]
  if (folder !== undefined) return { engine: 'level', folder }
  const [, scheme, kind = '', authority, database = '0'] = redisGrammar.exec(text) ?? []
  if (authority === undefined)
    throw new TypeError(/^rediss?(?:-cluster|-sentinel)?:\/\/./.test(text) ? unreadable : expected)
  const engine = `redis${kind as '' | '-cluster' | '-sentinel'}` as const
  if (engine === 'redis-cluster' && database !== '0')
    throw new TypeError('names a database, and a Redis Cluster has only the one')
  if (engine === 'redis-sentinel' && scheme === 'rediss')
    throw new TypeError('asks for TLS, which is for redis: and redis-cluster: alone')
  const { hosts, before } = splitAuthority(authority)
  const [masterName, userInfo] =
    engine === 'redis-sentinel' ? [before.at(-1), before.slice(0, -1)] : [undefined, before]
  if (engine === 'redis-sentinel' && !/^[A-Za-z0-9._-]+$/.test(masterName ?? ''))
    throw new TypeError('must name the master before its sentinels: redis-sentinel://name@host')
  return {
    engine,
    tls: scheme === 'rediss',
    hosts: readHosts(hosts, engine),
    masterName,
    ...readUserInfo(userInfo),
    database: Number(database),
  }
}

const unreadable =
  'cannot be read: in a password write %2F for a /, %23 for a #, %3F for a ?, and nothing but a number after the host'

const expected =
  'must be memory:, level: and a folder, or redis://, rediss://, redis-cluster:// or redis-sentinel:// and a host'

/** `user:password@name@hosts`: the hosts stand last, and no part before them holds a bare `@`. */
function splitAuthority(authority: string): { hosts: string; before: string[] } {
  const end = authority.lastIndexOf('@')
  const before = end === -1 ? [] : authority.slice(0, end).split('@')
  return { hosts: authority.slice(end + 1), before }
}

function readHosts(text: string, engine: RedisUrl['engine']): Host[] {
  const hosts = text.split(',').map((host) => readHost(host, defaultPorts[engine]))
  if (engine === 'redis' && hosts.length > 1)
    throw new TypeError('names several hosts: use redis-cluster:// or redis-sentinel://')
  return hosts
}

const defaultPorts = { redis: 6379, 'redis-cluster': 6379, 'redis-sentinel': 26_379 }

function readHost(text: string, defaultPort: number): Host {
  const [, ipv6, name, port = String(defaultPort)] =
    /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9._-]+))(?::(\d{1,5}))?$/.exec(text) ?? []
  const host = ipv6 ?? name
  const odd = ipv6 !== undefined && !isIPv6(ipv6)
  if (host === undefined || odd || Number(port) < 1 || Number(port) > 65_535)
    throw new TypeError('has a host that cannot be read: write host:port, with commas between them')
  return { host, port: Number(port) }
}

/** `user:password`, `:password` or nothing; each part is percent-encoded where it needs to be. */
function readUserInfo(parts: readonly string[]): { username?: string; password?: string } {
  const [userInfo, ...others] = parts
  if (userInfo === undefined) return {}
  const [username = '', password = '', ...more] = userInfo.split(':')
  if (password === '' || more.length > 0 || others.length > 0)
    throw new TypeError(
      'must have user:password before the @, with %40 for an @ and %3A for a colon inside them',
    )
  try {
    return {
      ...(username === '' ? {} : { username: decodeURIComponent(username) }),
      password: decodeURIComponent(password),
    }
  } catch {
    throw new TypeError('has a password that is not percent-encoded: write %25 for a %')
  }
}
