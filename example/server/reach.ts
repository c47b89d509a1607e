import { isLoopbackOrigin } from '../http/loopback.ts'
import type { Given } from './types.ts'

const loopback = ['127.0.0.1', '::1', 'localhost']

/** The host of a server that was told none: this machine alone reaches it. */
export const ownHost = '127.0.0.1'

/** The address to listen on: an IPv6 one may stand in brackets, as in a URL. */
export function hostOf({ HOST = ownHost }: Given): string {
  return HOST.replace(/^\[(.*)\]$/, '$1')
}

/**
 * Where a server may neither help itself to a secret nor show its insides, and which settings make it so; `undefined`
 * for one that nobody else can reach, except those whom a cloud workspace lets in.
 */
export function whyStrict(given: Given): string | undefined {
  const { NODE_ENV, PUBLIC_ORIGIN } = given
  const host = hostOf(given)
  const open = [
    ...(loopback.includes(host) ? [] : [`HOST=${host}`]),
    ...(PUBLIC_ORIGIN === undefined || isLoopbackOrigin(PUBLIC_ORIGIN) ? [] : ['PUBLIC_ORIGIN']),
  ]
  const where = [
    ...(NODE_ENV === 'production' ? ['in production (NODE_ENV)'] : []),
    ...(open.length > 0 ? [`where others can reach the server (${open.join(', ')})`] : []),
  ]
  return where.length > 0 ? where.join(' and ') : undefined
}
