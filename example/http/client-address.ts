import { isIP } from 'node:net'
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
  if (!address.includes(':')) return address // of IPv4, or unknown
  const plain = address.replace(/%.*/, '') // its zone says which network card: RFC 4007 §11
  const canonical = new URL(`http://[${plain}]`).hostname.slice(1, -1)
  const [, ...mapped] = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(canonical) ?? []
  if (mapped.length > 0)
    // an address of IPv4 in the clothes of IPv6
    return mapped.flatMap((part) => [Number(`0x${part}`) >> 8, Number(`0x${part}`) & 255]).join('.')
  const [front = '', back] = canonical.split('::')
  const [before = [], after = []] = [front, back ?? ''].map((part) =>
    part.split(':').filter(Boolean),
  )
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0')
  const network = [...before, ...zeros, ...after].slice(0, 4)
  return `${network.join(':')}::/64`
}
