import { sayReady } from '../server/say-ready.ts'
import type { Config } from './config.ts'

/** What the server says when it is ready: one line with the address, and in teaching mode what to try. */
export function welcome(config: Config, port: number): string {
  const ready = sayReady(config, port)
  if (!config.teaching) return ready
  return `${ready}
  1. Open the page and sign up: no account comes with the server.
  2. Look at your devices, and end one.
  3. Steal a token, use it, and see the server notice.

Stop with Ctrl-C.
`
}
