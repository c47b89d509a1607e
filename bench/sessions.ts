import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { account } from './client.ts'
import { type ServerProcess, startServer } from './process.ts'

/** Our real server as in production, on LevelDB in a folder of its own, with no limit in the way of the load. */
export async function startSessions(core: string | undefined): Promise<ServerProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-private-'))
  const forget = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', forget)
  const server = await startServer(
    new URL('../example/sessions/server.ts', import.meta.url),
    core,
    {
      PORT: '0',
      JWT_SECRET: randomBytes(32).toString('base64url'),
      STORE_URL: `level:${folder}`,
      DEMO_USER: account.username,
      DEMO_PASSWORD: account.password,
      LOG_LEVEL: 'warn',
      REQUESTS_PER_SECOND: '1000000',
      MAX_CONNECTIONS: '1000',
    },
  )
  return {
    url: server.url,
    async stop() {
      await server.stop()
      process.off('exit', forget)
      forget()
    },
  }
}
