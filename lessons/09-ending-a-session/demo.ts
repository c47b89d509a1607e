import { listen } from '../../example/http/listen.ts'
import { readConfig } from '../../example/sessions/config.ts'
import { type Session, Sessions } from '../../example/sessions/session.ts'
import { openStore } from '../../example/store/open.ts'
import { decode } from '../../example/token/decode.ts'
import { assemble, type Switches } from '../mutants/assemble.ts'
import { inTemporaryFolder } from '../session-store/folder.ts'

// Shows the server of npm start a token whose session was ended: once it asks for the record, and once it does not.

const config = readConfig({ STORE_URL: 'memory:', PORT: '0' })
const now = () => Math.floor(Date.now() / 1000)
const { username, password } = config.account
let token = ''

const signIn = ['Ada signs in', 'POST /auth'] as const
const signOut = ['She signs out', 'POST /logout'] as const
const copy = ['Mallory shows a copy', 'GET /private'] as const
const open = ['She opens the page', 'GET /private'] as const

/** Believes every token whose signature holds. */
const believing: Switches['sessions'] = (store) =>
  Object.assign(new Sessions(store), {
    find: async (subject: string, id: string): Promise<Session> => {
      return { id, subject, valid: true, createdAt: 0, expiresAt: 0, agent: '' }
    },
  })

await inTemporaryFolder(async (folder) => {
  console.log('The token alone decides.')
  await visit(`${folder}/1`, [signIn, signOut, copy], { sessions: believing })
  console.log('Its record decides.')
  await visit(`${folder}/2`, [signIn, signOut, copy])
  console.log('The server is stopped, and started again.')
  await visit(`${folder}/2`, [copy, signIn, open])
  console.log('All records are lost.')
  await visit(`${folder}/3`, [open])
})

/** Starts the server with its records in this folder, sends it these requests, and stops it. */
async function visit(
  folder: string,
  requests: ReadonlyArray<readonly [story: string, request: string]>,
  change: Partial<Switches> = {},
): Promise<void> {
  const store = await openStore(`level:${folder}`)
  const handler = assemble({ config, store, now, log: () => {} }, change)
  const server = await listen({ ...config, handler })
  for (const [story, request] of requests) {
    const status = await send(`http://127.0.0.1:${server.port}`, request)
    const id = `${decode(token).claims?.jti}`
    const record = await store.get({ kind: 'session', owner: username, id })
    const { valid } = JSON.parse(record ?? '{}')
    const said = record === undefined ? 'no record' : `its record: {"valid":${valid},…}`
    console.log(`  ${story.padEnd(22)}${request.padEnd(14)}${status}  ${said}`)
  }
  await server.stop()
  await store.close()
}

/** A sign-in with user name and password, everything else with the token that it gave. */
async function send(url: string, request: string): Promise<number> {
  const [method = '', path = ''] = request.split(' ')
  const ask =
    path === '/auth'
      ? { body: new URLSearchParams({ username, password }) }
      : { headers: { authorization: token } }
  const answer = await fetch(`${url}${path}`, { method, ...ask, redirect: 'manual' })
  await answer.text()
  token = answer.headers.get('authorization') ?? token
  return answer.status
}
