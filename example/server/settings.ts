import * as v from 'valibot'
import { parseStoreUrl } from '../store/url.ts'
import { codespaceHost } from './codespace.ts'
import { hostOf, whyStrict } from './reach.ts'
import { duration, integer, parsed } from './setting-kinds.ts'
import type { Given } from './types.ts'

/** The settings of every server, each with its form and its default; HOST has its own file, `reach.ts`. */
export const sharedSettings = {
  NODE_ENV: v.optional(
    v.picklist(
      ['development', 'test', 'production'],
      'must be development, test or production, in small letters',
    ),
  ),
  PORT: integer('1337', 0, 65535),
  PUBLIC_ORIGIN: v.optional(
    v.pipe(
      v.string(),
      v.check(isOrigin, 'must be an origin such as https://example.org, without a path'),
    ),
  ),
  FORWARDED_HOST: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'must be a host name such as name-1337.example.dev'),
    ),
  ),
  STORE_URL: parsed('level:./data', parseStoreUrl),
  REDIS_CONNECT_MILLISECONDS: integer('2000', 50, 60_000),
  REDIS_COMMAND_MILLISECONDS: integer('500', 10, 60_000),
  REDIS_WAIT_REPLICAS: integer('0', 0, 10),
  WORKERS: integer('1', 1, 64),
  LOG_LEVEL: v.optional(
    v.picklist(['info', 'warn', 'error', 'silent'], 'must be info, warn, error or silent'),
    'info',
  ),
  MAX_BODY_BYTES: integer('16384', 64, 1_048_576),
  MAX_HEADER_BYTES: integer('16384', 1024, 65_536),
  MAX_CONNECTIONS: integer('1000', 1, 100_000),
  REQUEST_TIMEOUT: duration('20s'),
  REQUESTS_PER_SECOND: integer('1000', 1, 1_000_000),
  TRUSTED_PROXIES: integer('0', 0, 10),
}

type Shared = v.InferOutput<v.ObjectSchema<typeof sharedSettings, undefined>>

export type SharedConfig = ReturnType<typeof sharedConfig>

/** What the shared settings mean, under the names that the code uses. */
export function sharedConfig(env: Shared, given: Given) {
  return {
    production: env.NODE_ENV === 'production',
    /** Nobody else can reach it: it may help itself to a secret, and show its insides. */
    teaching: whyStrict(given) === undefined,
    host: hostOf(given),
    port: env.PORT,
    publicOrigin: env.PUBLIC_ORIGIN,
    forwardedHost: env.FORWARDED_HOST ?? codespaceHost(given, env.PORT),
    storeUrl: env.STORE_URL,
    redis: {
      connectMilliseconds: env.REDIS_CONNECT_MILLISECONDS,
      commandMilliseconds: env.REDIS_COMMAND_MILLISECONDS,
      waitReplicas: env.REDIS_WAIT_REPLICAS,
    },
    workers: env.WORKERS,
    logLevel: env.LOG_LEVEL,
    maxBodyBytes: env.MAX_BODY_BYTES,
    requestsPerSecond: env.REQUESTS_PER_SECOND,
    trustedProxies: env.TRUSTED_PROXIES,
    limits: {
      maxHeaderBytes: env.MAX_HEADER_BYTES,
      maxConnections: env.MAX_CONNECTIONS,
      headersTimeoutSeconds: Math.min(10, env.REQUEST_TIMEOUT),
      requestTimeoutSeconds: env.REQUEST_TIMEOUT,
      keepAliveSeconds: 5,
      graceMilliseconds: 100,
      stopSeconds: 10,
    },
  }
}

/** Is it a scheme, a host and perhaps a port, as a browser writes them in `Origin`? */
export function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text
}

/** Several of them, with commas between them; none for an empty text. */
export function originsOf(text: string): string[] {
  const origins = text.split(',').filter((origin) => origin !== '')
  if (origins.every(isOrigin)) return origins
  throw new Error('must be origins such as https://app.example.org, with commas between them')
}
