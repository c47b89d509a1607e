import { RecordDamaged, StoreUnavailable, type UnavailableCode } from '../errors.ts'

/** What Redis, ioredis and the operating system call it, and what we do. */
const codes: ReadonlyArray<readonly [pattern: RegExp, code: UnavailableCode]> = [
  [/\bLOADING\b/, 'loading'],
  [/\bREADONLY\b/, 'read-only'],
  [/\bOOM\b/, 'out-of-memory'],
  [/\bMISCONF\b/, 'disk'],
  [/\b(?:MOVED|ASK|TRYAGAIN|CROSSSLOT|CLUSTERDOWN)\b|redirections|allocation group/, 'moving'],
  [/\bNOREPLICAS\b/, 'replicas'],
  [/\b(?:NOAUTH|WRONGPASS|NOPERM)\b|can't run this command/, 'denied'],
  [/time(?:d )?out/i, 'timeout'],
  [
    /\bE(?:CONN|PIPE|HOST|NET|TIMEDOUT)|ENOTFOUND|EAI_AGAIN|clos|max retries|ready|writeable|abort|MASTERDOWN|nodes/i,
    'down',
  ],
]

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
  return codes.find(([pattern]) => pattern.test(message))?.[1] ?? 'unavailable'
}

/** For the log: in the words of people, and without the arguments of the command, which hold ids. */
function sayable(message: string, cause: unknown): unknown {
  if (offline.test(message)) return noConnection
  const [said = ''] = message.split(', with args beginning with')
  return said === message ? cause : new Error(said)
}
