import { randomUUID } from 'node:crypto'
import { sessionPolicy } from '../../example/sessions/policy.ts'
import { generateKey } from '../../example/token/generate-key.ts'
import { issue } from '../../example/token/issue.ts'
import { keySet } from '../../example/token/key.ts'
import { verify } from '../../example/token/verify.ts'

// The same visit three times: what Ada sends, what the server looks up, and who knows her.

const [now, policy] = [2_000_000_000, sessionPolicy(3600)]
const key = await generateKey({ kid: 'demo', alg: 'HS256' }) // both servers have it

/** Each server has records of its own, and counts how often it looks there. */
class Server {
  readonly records = new Map<string, string>()
  lookUps = 0
  find(id: string): string | undefined {
    this.lookUps += 1
    return this.records.get(id)
  }
}

const nobody = { signIn: async () => '', whoIs: async () => undefined, signOut: () => false }
const session = {
  async signIn(server: Server) {
    const id = randomUUID()
    server.records.set(id, 'ada')
    return id
  },
  whoIs: async (id: string, server: Server) => server.find(id),
  signOut: (id: string, server: Server) => server.records.delete(id),
}
const jwt = {
  signIn: () =>
    issue({ subject: 'ada', id: randomUUID(), lifetimeSeconds: 3600 }, { key, policy, now }),
  whoIs: async (token: string) => (await verify(token, { keys: keySet(key), policy, now })).sub,
  signOut: () => false, // there is nothing that could be deleted
}

/** Three pages, then a second server, a sign-out, and the first server once more. */
async function visit(carried: string, way: typeof nobody | typeof session | typeof jwt) {
  const [server, second] = [new Server(), new Server()]
  const sent = await way.signIn(server)
  const who = async (at: Server) => (await way.whoIs(sent, at)) ?? 'nobody'
  const pages = [await who(server), await who(server), await who(server)]
  const seen = [carried, `${sent.length} bytes`, `${server.lookUps}`, pages[2], await who(second)]
  return [...seen, way.signOut(sent, server) ? '1 record' : 'nothing', await who(server)]
}

const none = await visit('nothing', nobody)
const id = await visit('a session id', session)
const token = await visit('a JWT', jwt)
const lines = ['Ada carries', 'sent with each page', 'look-ups for 3 pages', 'the server sees']
lines.push('a second server sees', 'signing out ends', 'then the server sees')
for (const [row, line] of lines.entries()) {
  const cells = [line, none[row], id[row], token[row]].map((cell) => cell?.padEnd(23))
  console.log(cells.join('').trimEnd())
}
