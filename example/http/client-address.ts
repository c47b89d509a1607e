import { isIP, isIPv6 } from 'node:net'
import type { HttpRequest } from './types.ts'

/**
 * The address of whoever asks. Without proxies it is the socket's. Each proxy appends the address that it
 * saw to X-Forwarded-For: with `trustedProxies` of them in front, the entry that the outermost one wrote counts, and what
 * stands before that is the client's own claim. Whoever can reach the port past the proxies claims what they like.
 */
export function clientAddress(req: HttpRequest, trustedProxies: number): string {
  const { remoteAddress = 'unknown' } = req.socket
  if (trustedProxies === 0) return remoteAddress
  const forwarded = String(req.headers['x-forwarded-for'] ?? '').split(',')
  const entry = withoutPort(forwarded.at(-trustedProxies)?.trim() ?? '')
  return isIP(entry) === 0 ? remoteAddress : entry
}

/** Some proxies write the port, too. */
function withoutPort(entry: string): string {
  const [, address = entry] =
    /^\[(.+)\](?::\d+)?$|^([\d.]+):\d+$/.exec(entry)?.filter(Boolean) ?? []
  return address
}

/**
 * What an address is counted by. A customer of IPv6 has a whole /64, more addresses than anybody can
 * count (RFC 6177): all of them are one.
 */
export function countedBy(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address
  const [front = '', back] = address.replace(/%.*/, '').split('::')
  const groups = [front, back ?? ''].map((part) => part.split(':').filter((group) => group !== ''))
  const [before = [], after = []] = groups
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0')
  const network = [...before, ...(back === undefined ? [] : zeros), ...after].slice(0, 4)
  return `${network.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}
