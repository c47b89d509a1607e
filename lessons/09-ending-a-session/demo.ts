import { listen } from '../../example/http/listen.ts'
import { readConfig } from '../../example/sessions/config.ts'
import { type Session, Sessions } from '../../example/sessions/session.ts'
import { openStore } from '../../example/store/open.ts'
import { decode } from '../../example/token/decode.ts'
import { assemble, type Switches } from '../mutants/assemble.ts'
import { inTemporaryFolder } from '../session-store/folder.ts'

// Signs Ada out of the server of npm start, and shows it her old token: without its records, and with them.

const config = readConfig({ STORE_URL: 'memory:', PORT: '0' })
const now = () => Math.floor(Date.now() / 1000)
const { username, password } = config.account
let token = ''

/** Believes every token whose signature holds. */
const believing: Switches['sessions'] = (store) =>
  Object.assign(new Sessions(store), {
    find: async (subject: string, id: string): Promise<Session> => {
      return { id, subject, valid: true, createdAt: 0, expiresAt: 0, agent: '' }
    },
  })

await inTemporaryFolder(async (folder) => {
  console.log('The token alone decides.')
  await serving(
    `${folder}/1`,
    async (ask) => {
      await ask('Ada signs in', 'POST /auth')
      await ask('She signs out', 'POST /logout')
      await ask('Mallory shows a copy', 'GET /private')
    },
    { sessions: believing },
  )
  console.log('Its record decides.')
  await serving(`${folder}/2`, async (ask) => {
    await ask('Ada signs in', 'POST /auth')
    await ask('She signs out', 'POST /logout')
    await ask('Mallory shows a copy', 'GET /private')
  })
  console.log('The server is stopped, and started again.')
  await serving(`${folder}/2`, async (ask) => {
    await ask('Mallory shows a copy', 'GET /private')
    await ask('Ada signs in', 'POST /auth')
    await ask('She opens the page', 'GET /private')
  })
  console.log('All records are lost.')
  await serving(`${folder}/3`, async (ask) => {
    await ask('She opens the page', 'GET /private')
  })
})

/** Starts the server with its records in this folder, and stops it. */
async function serving(
  folder: string,
  use: (ask: (story: string, request: string) => Promise<void>) => Promise<void>,
  change: Partial<Switches> = {},
): Promise<void> {
  const store = await openStore(`level:${folder}`)
  const handler = assemble({ config, store, now, log: () => {} }, change)
  const server = await listen({ ...config, handler })
  await use(async (story, request) => {
    const [method = '', path = ''] = request.split(' ')
    const form = new URLSearchParams({ username, password })
    const signIn = path === '/auth'
    const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, {
      method,
      headers: { accept: 'application/json', ...(signIn ? {} : { authorization: token }) },
      body: signIn ? form : null,
    })
    await answer.text()
    token = answer.headers.get('authorization') ?? token
    const id = `${decode(token).claims?.jti}`
    const record = await store.get({ kind: 'session', owner: username, id })
    const { valid } = JSON.parse(record ?? '{}')
    const said = record === undefined ? 'no record' : `its record: {"valid":${valid},…}`
    console.log(`  ${story.padEnd(22)}${request.padEnd(14)}${answer.status}  ${said}`)
  })
  await server.stop()
  await store.close()
}
