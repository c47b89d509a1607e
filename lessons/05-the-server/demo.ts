import { listen } from '../../example/http/listen.ts'
import { createApp } from '../../example/sessions/app.ts'
import { readConfig } from '../../example/sessions/config.ts'
import { openStore } from '../../example/store/open.ts'

// Starts the server of `npm start`, on a free port and with its records in memory, and pays it one visit.

const config = readConfig({ STORE_URL: 'memory:', PORT: '0' })
const store = await openStore(config.storeUrl)
const now = () => Math.floor(Date.now() / 1000)
const handler = createApp({ config, store, now, log: () => {} })
const server = await listen({ ...config, handler })

const right = { username: config.account.username, password: config.account.password }
const wrong = { ...right, password: 'itsnosecrt' }

await ask('Ada mistypes her password.', 'POST /auth', { form: wrong })
await ask('She opens the private page all the same.', 'GET /private')
const token = await ask('She types it right, and gets a token.', 'POST /auth', { form: right })
await ask('She shows the token.', 'GET /private', { token })
const middle = token[100] === 'A' ? 'B' : 'A'
const changed = `${token.slice(0, 100)}${middle}${token.slice(101)}`
await ask('Mallory shows a copy with one letter changed.', 'GET /private', { token: changed })
await ask('Ada signs out.', 'POST /logout', { token })
await ask('Mallory shows an exact copy, too late.', 'GET /private', { token })

await server.stop()
await store.close()

/** Sends one request, prints it and its answer on a line each, and returns the token that came. */
async function ask(
  story: string,
  request: string,
  { form, token }: { form?: Record<string, string>; token?: string } = {},
): Promise<string> {
  const [method = '', path = ''] = request.split(' ')
  const body = form === undefined ? null : new URLSearchParams(form)
  const accept = { accept: 'application/json' }
  const headers = token === undefined ? accept : { ...accept, authorization: `Bearer ${token}` }
  const url = `http://127.0.0.1:${server.port}${path}`
  const answer = await fetch(url, { method, headers, body })
  const text = await answer.text()
  const challenge = answer.headers.get('www-authenticate')

  const sent = token === undefined ? `${body ?? ''}` : `authorization: Bearer ${token}`
  const came = challenge === null ? text : `www-authenticate: ${challenge}`
  console.log(`${story}\n  > ${request}  ${sent}`.trimEnd().replace(/eyJ[^"]+/, 'eyJ…'))
  console.log(`  < ${answer.status}  ${came}`.replace(/eyJ[^"]+/, 'eyJ…'))
  return answer.headers.get('authorization') ?? ''
}
