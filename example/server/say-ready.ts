import type { SharedConfig } from './settings.ts'

type Reach = Pick<SharedConfig, 'teaching' | 'host' | 'publicOrigin' | 'workers'>

/** Where people find the server. */
export function addressOf({ teaching, host, publicOrigin }: Reach, port: number): string {
  const shownHost = teaching ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return publicOrigin ?? `http://${shownHost}:${port}`
}

/** The line that says that it can be asked. */
export function sayReady(reach: Reach, port: number): string {
  const together = reach.workers === 1 ? '' : `, with ${reach.workers} processes`
  return `Ready at ${addressOf(reach, port)}${together}\n`
}
