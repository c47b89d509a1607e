import { listen } from '../../../example/http/listen.ts'
import type { Handler } from '../../../example/http/types.ts'
import { testConfig } from '../../support/fixtures.ts'

export const hello: Handler = async (_req, res) => {
  res.writeHead(200, { 'content-length': 5 })
  res.end('hello')
}

/** A server that the test stops by itself. */
export function start(handler: Handler, rest: Partial<Parameters<typeof listen>[0]> = {}) {
  // For as good as ever: a test that ends has not waited for it.
  const limits = {
    ...testConfig().limits,
    graceMilliseconds: 0,
    stopSeconds: 3600,
    keepAliveSeconds: 3600,
  }
  return listen({ handler, host: '127.0.0.1', port: 0, limits, ...rest })
}

/** A handler whose answers wait until the test lets them go. */
export function holding() {
  let letGo = () => {}
  const gate = new Promise<void>((resolve) => (letGo = resolve))
  const arrivals: Array<() => void> = []
  let arrived = 0
  const handler: Handler = async (_req, res) => {
    arrived += 1
    for (const told of arrivals.splice(0)) told()
    await gate
    res.writeHead(200, { 'content-length': 4 })
    res.end('late')
  }
  const requests = async (count: number) => {
    while (arrived < count) await new Promise<void>((resolve) => arrivals.push(resolve))
  }
  return { handler, requests, letGo: () => letGo() }
}
