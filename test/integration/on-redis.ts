import type { Test } from 'tap'
import { createLog } from '../../example/http/log.ts'
import { type Running, serve } from '../../example/server/serve.ts'
import { createApp } from '../../example/sessions/app.ts'
import { decode } from '../../example/token/decode.ts'
import { testConfig } from '../support/fixtures.ts'
import { type ServerProcess, startServer } from '../support/process.ts'
import { patient, type RedisServer } from '../support/redis.ts'
import { until } from '../support/until.ts'
import { demo } from './client.ts'

interface Place {
  readonly url: string
}

/** For a server on it: as `patient` is for a store. */
export const inNoHurry = {
  REDIS_CONNECT_MILLISECONDS: String(patient.connectMilliseconds),
  REDIS_COMMAND_MILLISECONDS: String(patient.commandMilliseconds),
}

const withoutLimits = {
  REQUESTS_PER_SECOND: '1000000',
  SIGN_INS_PER_MINUTE: '1000000',
  SESSIONS_PER_USER: '0',
  ...inNoHurry,
}

/** As it is by default, for tests of a Redis that does not answer. */
export const impatient = { REDIS_CONNECT_MILLISECONDS: '2000', REDIS_COMMAND_MILLISECONDS: '500' }

const now = () => Math.floor(Date.now() / 1000)

/** Starts our whole server on this Redis, in this process, until the test ends. */
export async function serverOn(
  t: Test,
  { url }: Place,
  environment: Record<string, string> = {},
): Promise<Omit<ServerProcess, 'child' | 'end'> & Pick<Running, 'stop'>> {
  const config = testConfig({ STORE_URL: url, PORT: '0', ...withoutLimits, ...environment })
  let output = ''
  const write = (line: string) => {
    output += line
  }
  const log = createLog({ level: config.logLevel, format: 'people', now, write })
  const { port, stop } = await serve({ config, createApp, log, now })
  t.teardown(stop)
  return { url: `http://127.0.0.1:${port}`, output: () => output, stop }
}

/** Starts our server on this Redis as a process of its own, which takes a second longer. */
export async function processOn(
  t: Test,
  { url }: Place,
  environment: Record<string, string> = {},
): Promise<ServerProcess> {
  const server = await startServer({ STORE_URL: url, ...withoutLimits, ...environment })
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
