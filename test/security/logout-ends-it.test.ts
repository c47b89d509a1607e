// S45 to S48: signing out ends the session on the server, at once, for every copy of the token,
// and only its owner can do it.
import t from 'tap'
import type { Handler } from '../../example/http/types.ts'
import {
  appOfAda,
  forge,
  formType,
  goodClaims,
  goodHeader,
  NOW,
  SESSION_ID,
  segment,
  sessionToken,
  signInTo,
  testApp,
} from '../support/fixtures.ts'
import { ask } from '../support/mock-http.ts'

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const open = (app: Handler, token: string) => ask(app, { url: '/private', headers: bearer(token) })
const logout = (app: Handler, token: string) =>
  ask(app, { method: 'POST', url: '/logout', headers: bearer(token) })

t.test('a copy of the token is worth nothing after the logout', async (t) => {
  const { app } = await testApp()
  const token = await signInTo(app)
  t.equal((await open(app, token)).status, 200)
  t.equal((await logout(app, token)).status, 200)
  t.equal((await open(app, token)).status, 401, 'in the header')
  const headers = { cookie: `session=${token}` }
  t.equal((await ask(app, { url: '/private', headers })).status, 401, 'in the cookie')
  const form = { method: 'POST', url: '/inspect', headers: formType, body: `token=${token}` }
  const { body } = await ask(app, form)
  t.match(body, /The session has ended/, 'and /inspect says that it has ended')
})

t.test('the other sessions of the same user go on', async (t) => {
  const { app } = await testApp()
  const [here, there] = [await signInTo(app), await signInTo(app)]
  await logout(app, here)
  t.equal((await open(app, there)).status, 200)
})

t.test('nobody else can end the session of ada', async (t) => {
  const [header, payload] = sessionToken().split('.')
  const forgeries: Record<string, string> = {
    'its bare id': SESSION_ID,
    'an unsigned token that names it': `${header}.${payload}.`,
    'alg none': `${segment({ ...goodHeader, alg: 'none' })}.${payload}.`,
    'a token signed with another secret': forge(goodClaims(), goodHeader, 'another secret'),
    'her expired token': sessionToken({ iat: NOW - 60, exp: NOW }),
    'a good token of eve with the id of her session': sessionToken({ sub: 'eve' }),
  }
  for (const [what, token] of Object.entries(forgeries)) {
    const { app } = await appOfAda()
    t.equal((await logout(app, token)).status, 401, `with ${what}: 401`)
    t.equal((await open(app, sessionToken())).status, 200, 'she is still signed in')
  }
})
