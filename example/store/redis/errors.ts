import { RecordDamaged, StoreUnavailable, type UnavailableCode } from '../errors.ts'
import type { RedisUrl } from '../url.ts'

/** Why a Redis cannot be opened, in one sentence that names the setting and holds no password. */
type Say = (at: string, url: RedisUrl) => string

const wantsPassword: Say = (at) =>
  `Redis at ${at} wants a password. Put it into STORE_URL: redis://user:password@host`
const takesNoConnection: Say = (at) =>
  `${at} takes no connection. Is Redis running there, and with TLS (rediss:) or without? Check STORE_URL`
const notInTime: Say = (at, { tls }) =>
  `Redis at ${at} does not answer in time, or still reads its records${tls ? ', or speaks no TLS' : ''}. Check STORE_URL`

/** What Redis, ioredis and the operating system call it, the first that fits; what we do; and what a start says of it. */
const table: ReadonlyArray<readonly [pattern: RegExp, code: UnavailableCode, say?: Say]> = [
  [/\bOOM\b/, 'out-of-memory'],
  [/\bMISCONF\b/, 'disk'],
  [/\b(?:MOVED|ASK|TRYAGAIN|CROSSSLOT|CLUSTERDOWN)\b|redirections|allocation group/, 'moving'],
  [/\bNOREPLICAS\b/, 'replicas'],
  [/All sentinels/, 'down', (at) => `no sentinel at ${at} can name the master. Check STORE_URL`],
  [/ENOTFOUND|EAI_AGAIN/, 'down', (at) => `the host of ${at} is not known. Check STORE_URL`],
  [/ECONNREFUSED/, 'down', (at) => `no Redis answers at ${at}. Is it running? Check STORE_URL`],
  [/EHOSTUNREACH|ENETUNREACH/, 'down', (at) => `${at} cannot be reached. Check STORE_URL`],
  [
    /\bWRONGPASS\b|invalid password/,
    'denied',
    (at) => `Redis at ${at} refuses the user or the password in STORE_URL`,
  ],
  [/\bNOAUTH\b/, 'denied', wantsPassword],
  [
    /\bNOPERM\b|can't run this command/,
    'denied',
    (at) => `Redis at ${at} does not let the user in STORE_URL run what is needed`,
  ],
  [
    /cluster support disabled/,
    'unavailable',
    (at) => `Redis at ${at} is not a Cluster. Begin STORE_URL with redis://`,
  ],
  [
    /DB index/,
    'unavailable',
    (at, { database }) => `Redis at ${at} has no database ${database}. Check STORE_URL`,
  ],
  [/\bREADONLY\b/, 'read-only', (at) => `Redis at ${at} is a replica. Set STORE_URL to its master`],
  [
    /DENIED|max number of clients/,
    'unavailable',
    (at) => `Redis at ${at} lets no more clients in. Check its settings and STORE_URL`,
  ],
  [
    /\bLOADING\b/,
    'loading',
    (at) => `Redis at ${at} still reads its records. Try again in a moment, or check STORE_URL`,
  ],
  [
    /certificate|self.signed|SSL|TLS|EPROTO/i,
    'down',
    (at) => `no TLS connection to ${at} that can be trusted. Check STORE_URL`,
  ],
  [/closed|ECONNRESET/, 'down', takesNoConnection], // of the nodes of a Cluster we learn no more
  [/ETIMEDOUT/, 'down', notInTime],
  [/time(?:d )?out/i, 'timeout', notInTime],
  [/\bE(?:CONN|PIPE|HOST|NET)|clos|max retries|ready|writeable|abort|MASTERDOWN|nodes/i, 'down'],
]

/** Why a Redis cannot be opened: what is said to the person who starts the server. */
export function sayWhyNotOpened(url: RedisUrl, cause: unknown): string {
  const at = url.hosts.map(({ host, port }) => `${host}:${port}`).join(', ')
  const message = cause instanceof Error ? sayAll(cause) : ''
  const [, , say] = table.find(([pattern, , say]) => say && pattern.test(message)) ?? []
  return say?.(at, url) ?? `Redis at ${at} does not answer as it should. Check STORE_URL`
}

/** An error of a Cluster hides the one of the last node that it asked. */
function sayAll(error: Error): string {
  const last = 'lastNodeError' in error ? error.lastNodeError : error.cause
  return last instanceof Error ? `${error.message} ${sayAll(last)}` : error.message
}

/** How ioredis says that there is no connection. */
const offline = /enableOfflineQueue/
const noConnection = new Error('there is no connection to Redis')

/**
 * What a failed command means: this record is not one of ours, or nobody knows. Never yes, never no.
 * `lastError` is what the connection said last: where there is none, it may have been refused.
 */
export function refusalOf(
  doing: string,
  cause: unknown,
  lastError?: unknown,
): RecordDamaged | StoreUnavailable {
  const message = cause instanceof Error ? cause.message : ''
  if (/\bWRONGTYPE\b/.test(message)) return new RecordDamaged()
  if (offline.test(message) && codeOf(lastError) === 'denied')
    return new StoreUnavailable(doing, { cause: lastError, code: 'denied' })
  const code = codeOf(cause)
  return new StoreUnavailable(doing, { cause: sayable(message, cause), code })
}

function codeOf(error: unknown): UnavailableCode {
  const message = error instanceof Error ? error.message : ''
  return table.find(([pattern]) => pattern.test(message))?.[1] ?? 'unavailable'
}

/** For the log: in the words of people, and without the arguments of the command, which hold ids. */
function sayable(message: string, cause: unknown): unknown {
  if (offline.test(message)) return noConnection
  const [said = ''] = message.split(', with args beginning with')
  return said === message ? cause : new Error(said)
}
