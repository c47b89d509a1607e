import type { RedisUrl } from '../url.ts'

/** Why a Redis cannot be used, in one sentence that names the setting and holds no password. */
export function sayWhyNotOpened(url: RedisUrl, cause: unknown): string {
  const where = url.hosts.map(({ host, port }) => `${host}:${port}`).join(', ')
  const message = cause instanceof Error ? sayAll(cause) : ''
  const reason = reasons.find(([pattern]) => pattern.test(message))?.[1]
  return reason?.(where, url) ?? `Redis at ${where} does not answer as it should. Check STORE_URL`
}

/** An error of a Cluster hides the one of the last node that it asked. */
function sayAll(error: Error): string {
  const last = 'lastNodeError' in error ? error.lastNodeError : error.cause
  return last instanceof Error ? `${error.message} ${sayAll(last)}` : error.message
}

const reasons: ReadonlyArray<
  readonly [pattern: RegExp, say: (where: string, url: RedisUrl) => string]
> = [
  [/All sentinels/, (where) => `no sentinel at ${where} can name the master. Check STORE_URL`],
  [/ENOTFOUND|EAI_AGAIN/, (where) => `the host of ${where} is not known. Check STORE_URL`],
  [/ECONNREFUSED/, (where) => `no Redis answers at ${where}. Is it running? Check STORE_URL`],
  [/EHOSTUNREACH|ENETUNREACH/, (where) => `${where} cannot be reached. Check STORE_URL`],
  [
    /WRONGPASS|invalid password/,
    (where) => `Redis at ${where} refuses the user or the password in STORE_URL`,
  ],
  [
    /NOAUTH/,
    (where) =>
      `Redis at ${where} wants a password. Put it into STORE_URL: redis://user:password@host`,
  ],
  [/NOPERM/, (where) => `Redis at ${where} does not let the user in STORE_URL run what is needed`],
  [
    /cluster support disabled/,
    (where) => `Redis at ${where} is not a Cluster. Begin STORE_URL with redis://`,
  ],
  [
    /DB index/,
    (where, { database }) => `Redis at ${where} has no database ${database}. Check STORE_URL`,
  ],
  [/is a replica/, (where) => `Redis at ${where} is a replica. Set STORE_URL to its master`],
  [
    /DENIED|max number of clients/,
    (where) => `Redis at ${where} lets no more clients in. Check its settings and STORE_URL`,
  ],
  [
    /LOADING/,
    (where) =>
      `Redis at ${where} still reads its records. Try again in a moment, or check STORE_URL`,
  ],
  [
    /certificate|self.signed|SSL|TLS|EPROTO/i,
    (where) => `no TLS connection to ${where} that can be trusted. Check STORE_URL`,
  ],
  [
    /closed|ECONNRESET/, // of the nodes of a Cluster we learn no more
    (where) =>
      `${where} takes no connection. Is Redis running there, and with TLS (rediss:) or without? Check STORE_URL`,
  ],
  [
    /time(?:d ?)?out/i,
    (where, { tls }) =>
      `Redis at ${where} does not answer in time, or still reads its records${tls ? ', or speaks no TLS' : ''}. Check STORE_URL`,
  ],
]
