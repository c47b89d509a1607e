import { join } from 'node:path'
import t from 'tap'
import { temporaryFolder } from '../support/folder.ts'
import { type ServerProcess, startServer } from '../support/process.ts'
import { signIn, signOut, visit } from './client.ts'

const rounds = 4

t.test(
  'a sign-out that was answered holds, even if the process is killed the moment after',
  async (t) => {
    const folder = join(temporaryFolder(t), 'data')
    const start = async (): Promise<ServerProcess> => {
      const server = await startServer({ STORE_URL: `level:${folder}` })
      t.teardown(() => server.end('SIGKILL'))
      return server
    }

    let server = await start()
    const signedOut: string[] = []
    const stays = await signIn(server.url)
    for (let round = 1; round <= rounds; round += 1) {
      const tokens = await Promise.all(Array.from({ length: 5 }, () => signIn(server.url)))
      const { url } = server
      const answers = await Promise.all(tokens.map((token) => signOut(url, token)))
      server.child.kill('SIGKILL') // no goodbye, no chance to write anything more
      t.same(answers, [200, 200, 200, 200, 200])
      signedOut.push(...tokens)
      await server.end('SIGKILL')

      server = await start()
      const statuses = []
      for (const token of signedOut) statuses.push(await visit(server.url, token))
      t.same(new Set(statuses), new Set([401]), `round ${round}: ${statuses.length} are refused`)
      t.equal(await visit(server.url, stays), 200, `round ${round}: who stayed is still signed in`)
    }
  },
)
