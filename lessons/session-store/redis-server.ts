import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'

/** A redis-server that is nobody else's. */
export interface RedisServer {
  readonly port: number
  end(): Promise<void>
}

const notFound = 127 // the exit code by which a shell says so

/**
 * The shell that starts it sees its own input end when we do, however that comes, and then ends it. It listens on
 * loopback alone, and keeps nothing on a disk.
 */
const script = `trap '' HUP INT TERM
command -v redis-server >/dev/null || exit ${notFound}
redis-server --port "$1" --bind 127.0.0.1 --save '' --appendonly no --dir "$2" &
exec >&-
read -r _
kill -KILL $!
wait`

/** Starts one that works in this folder; `undefined` where the program is not installed. */
export async function startRedisServer(folder: string): Promise<RedisServer | undefined> {
  let said = ''
  for (let tries = 0; tries < 3; tries += 1) {
    const port = await freePort() // another process may take it before we do
    const shell = spawn('sh', ['-c', script, 'sh', `${port}`, folder], {
      detached: true, // what ends our whole group at once must leave it the time to end Redis
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    const ended = once(shell, 'exit').catch(() => [notFound]) // there is not even a shell
    said = ''
    for await (const chunk of shell.stdout) {
      said += chunk
      if (!said.includes('Ready to accept connections')) continue
      const end = async () => {
        shell.stdin.end()
        await ended
      }
      return { port, end }
    }
    shell.stdin.end()
    const [code] = await ended
    if (code === notFound) return undefined
  }
  throw new Error(`Cannot start redis-server: ${said.trim().split('\n').at(-1)}`)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
