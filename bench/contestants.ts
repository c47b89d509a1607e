import { privatePageBytes, signIn } from './client.ts'
import { startServer } from './process.ts'
import { startSessions } from './sessions.ts'

export interface Contestant {
  readonly name: string
  readonly url: string
  readonly token: string
  stop(): Promise<void>
}

/** All servers of the comparison. The bare one comes first: the others are compared with it. */
export async function startContestants(core: string | undefined): Promise<Contestant[]> {
  const sessions = await startSessions(core)
  const ours = { name: 'session server (ours)', ...sessions, token: await signIn(sessions.url) }
  const PAGE_BYTES = String(await privatePageBytes(ours.url, ours.token))

  const bareFile = new URL('servers/bare.ts', import.meta.url)
  const bare = await startServer(bareFile, core, { PAGE_BYTES })

  const fastify = async (name: string, TOKEN_CACHE: 'on' | 'off') => {
    const file = new URL('servers/fastify.ts', import.meta.url)
    const server = await startServer(file, core, { PAGE_BYTES, TOKEN_CACHE })
    const token = await signIn(server.url)
    if (String(await privatePageBytes(server.url, token)) !== PAGE_BYTES)
      throw new Error(`Cannot compare with ${name}: its page has another size`)
    return { name, ...server, token }
  }
  return [
    // The bare server reads no token, but the request is the same: as many bytes to parse.
    { name: 'bare http.createServer', ...bare, token: ours.token },
    ours,
    await fastify('fastify + @fastify/jwt', 'off'),
    await fastify('fastify + @fastify/jwt, cache on', 'on'),
  ]
}
