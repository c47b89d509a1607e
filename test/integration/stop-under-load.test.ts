import { join } from 'node:path'
import t from 'tap'
import { temporaryFolder } from '../support/folder.ts'
import { startServer } from '../support/process.ts'
import { visit } from './client.ts'

const clients = 20
const credentials = new URLSearchParams({ username: 'masterbuilder', password: 'itsnosecret' })

// Every signal ends it in this way: see restart.
t.test(`SIGTERM while ${clients} clients are at work`, async (t) => {
  const environment = {
    STORE_URL: `level:${join(temporaryFolder(t), 'data')}`,
    REQUESTS_PER_SECOND: '1000000',
    SIGN_INS_PER_MINUTE: '1000000',
    SESSIONS_PER_USER: '0',
    LOG_LEVEL: 'error',
  }
  const server = await startServer(environment)
  t.teardown(() => server.end('SIGKILL'))

  const load = startLoad(server.url, { enough: 500 })
  await Promise.race([load.underWay, load.ended])
  const code = await server.end('SIGTERM')
  const { answers, broken, signedOut } = await load.ended

  t.equal(code, 0, 'it ends by itself, with code 0')
  t.equal(broken, 0, 'no answer that had begun was cut off')
  t.same(new Set(answers), new Set([200]), 'and every answer was the right one')
  t.notMatch(server.output(), /error|unavailable/, 'and the log has nothing to regret')

  const next = await startServer(environment)
  t.teardown(() => next.end('SIGKILL'))
  t.ok(signedOut.length > 20)
  const statuses = []
  for (const token of signedOut) statuses.push(await visit(next.url, token))
  t.same(new Set(statuses), new Set([401]), 'every sign-out that was answered holds')
})

/** Clients that sign in, read and sign out, over and over, until the server answers no more. */
function startLoad(url: string, { enough }: { enough: number }) {
  const answers: number[] = []
  const signedOut: string[] = []
  let broken = 0
  let arrived = () => {}
  const underWay = new Promise<void>((resolve) => (arrived = resolve))

  /** `undefined` when there is no answer at all: the server has stopped, and the client may try elsewhere. */
  async function ask(path: string, init: RequestInit): Promise<Response | undefined> {
    let res: Response
    try {
      res = await fetch(url + path, init)
    } catch {
      return undefined
    }
    try {
      await res.text()
    } catch {
      broken += 1
    }
    answers.push(res.status)
    if (answers.length === enough) arrived()
    return res
  }

  async function client(): Promise<void> {
    for (let round = 0; round < 10_000; round += 1) {
      const signIn = await ask('/auth', { method: 'POST', body: credentials })
      const token = signIn?.headers.get('authorization')
      if (token == null) return
      const headers = { authorization: `Bearer ${token}` }
      if ((await ask('/private', { headers })) === undefined) return
      const signOut = await ask('/logout', { method: 'POST', headers })
      if (signOut === undefined) return
      if (signOut.status === 200) signedOut.push(token)
    }
  }

  const ended = Promise.all(Array.from({ length: clients }, client)).then(() => {
    return { answers, broken, signedOut }
  })
  return { underWay, ended }
}
