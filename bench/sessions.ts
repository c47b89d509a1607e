import { account } from './client.ts'
import { type ServerProcess, startServer } from './process.ts'

/** Signs the tokens of one run, which end with it. */
export interface Store {
  readonly url: string
  readonly secret: string
}

/** Our real server as in production, with no limit in the way of the load. */
export async function startSessions(
  { url, secret }: Store,
  core: string | undefined,
  settings: Readonly<Record<string, string>> = {},
  nodeOptions: readonly string[] = [],
): Promise<ServerProcess> {
  const file = new URL('../example/sessions/server.ts', import.meta.url)
  const env = {
    PORT: '0',
    JWT_SECRET: secret,
    STORE_URL: url,
    DEMO_USER: account.username,
    DEMO_PASSWORD: account.password,
    LOG_LEVEL: 'warn',
    REQUESTS_PER_SECOND: '1000000',
    REDIS_COMMAND_MILLISECONDS: '5000',
    FAILED_SIGN_INS_PER_MINUTE: '1000000',
    SIGN_INS_PER_MINUTE: '1000000',
    SESSIONS_PER_USER: '0',
    ...settings,
  }
  return await startServer(file, core, env, nodeOptions)
}
