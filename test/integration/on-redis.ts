import type { Test } from 'tap'
import { decode } from '../../example/token/decode.ts'
import { type ServerProcess, startServer } from '../support/process.ts'
import type { RedisServer } from '../support/redis.ts'
import { until } from '../support/until.ts'
import { demo } from './client.ts'

/** Starts our server on this Redis, as a process of its own, until the test ends. */
export async function serverOn(
  t: Test,
  redis: { readonly url: string },
  environment: Record<string, string> = {},
): Promise<ServerProcess> {
  const server = await startServer({
    STORE_URL: redis.url,
    REQUESTS_PER_SECOND: '1000000',
    SIGN_INS_PER_MINUTE: '1000000',
    SESSIONS_PER_USER: '0',
    ...environment,
  })
  t.teardown(() => server.end('SIGKILL'))
  return server
}

/** Where the session of a token stands in Redis. */
export function recordName(token: string): string {
  return `session:{${demo.username}}:${decode(token).claims?.jti}`
}

/** Resolves when a replica has all that its master has written by now. */
export async function caughtUp(replica: RedisServer, master: RedisServer): Promise<void> {
  const written = await offsetOf(master)
  await until(async () => (await offsetOf(replica)) >= written, 'the replica has caught up')
}

/** How many bytes of what was ever written it has. */
async function offsetOf(server: RedisServer): Promise<number> {
  const info = String(await server.command('INFO', 'replication'))
  return Number(/^master_repl_offset:(\d+)/m.exec(info)?.[1])
}
