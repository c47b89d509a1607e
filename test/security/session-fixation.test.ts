// S43, S44: a session id is random and the server's own choice. An id that a client brings along,
// or that an attacker has planted in it, is never taken over and never gains anything.
import t from 'tap'
import { Sessions } from '../../example/sessions/session.ts'
import { openStore } from '../../example/store/open.ts'
import { uuid } from '../../example/token/checks-claims.ts'
import { decode } from '../../example/token/decode.ts'
import {
  appOfAda,
  formType,
  NOW,
  SESSION_ID,
  sessionToken,
  signInForm,
  signInTo,
  testApp,
} from '../support/fixtures.ts'
import { ask, type RequestParts } from '../support/mock-http.ts'

const idOf = (token: string) => decode(token).claims?.jti

const planted = sessionToken({ sub: 'masterbuilder' })
const attempts: Record<string, RequestParts> = {
  'a token in a cookie': { headers: { cookie: `session=${planted}` } },
  'a token in the header': { headers: { authorization: `Bearer ${planted}` } },
  'an id in the cookie': { headers: { cookie: `session=${SESSION_ID}` } },
  'an id in the URL': { url: `/auth?jti=${SESSION_ID}&id=${SESSION_ID}&sid=${SESSION_ID}` },
  'an id in the form': { body: `${signInForm}&jti=${SESSION_ID}&id=${SESSION_ID}` },
  'two cookies': { headers: { cookie: 'session=a; session=b' } },
}

t.test('signing in with', async (t) => {
  for (const [what, { headers, ...parts }] of Object.entries(attempts)) {
    t.test(`${what}: a new id all the same`, async (t) => {
      const { app, store } = await testApp()
      const request = { method: 'POST', url: '/auth', body: signInForm, ...parts }
      const res = await ask(app, { ...request, headers: { ...formType, ...headers } })
      t.equal(res.status, 200)
      const token = res.headers.authorization ?? ''
      t.match(idOf(token), uuid)
      t.not(idOf(token), SESSION_ID)
      const key = { kind: 'session', owner: 'masterbuilder', id: SESSION_ID }
      t.equal(await store.get(key), undefined, 'the planted id has no record')
      const carried = { authorization: `Bearer ${planted}` }
      const opened = await ask(app, { url: '/private', headers: carried })
      t.equal(opened.status, 401, 'and the planted token opens nothing')
    })
  }
})

t.test('signing in beside the live session of another: that one stays as it is', async (t) => {
  const { app, store } = await appOfAda()
  const key = { kind: 'session', owner: 'ada', id: SESSION_ID }
  const before = await store.get(key)
  const headers = { ...formType, cookie: `session=${sessionToken()}` }
  await ask(app, { method: 'POST', url: '/auth', headers, body: signInForm })
  t.equal(await store.get(key), before)
})

t.test('two sign-ins in the same second are two sessions', async (t) => {
  const { app } = await testApp()
  t.not(idOf(await signInTo(app)), idOf(await signInTo(app)))
})

t.test('ten thousand sessions have ten thousand random ids', async (t) => {
  const sessions = new Sessions(await openStore('memory:'))
  const session = { subject: 'ada', lifetimeSeconds: 3600, agent: '' }
  const ids = new Set<string>()
  for (let count = 0; count < 10_000; count += 1) ids.add(await sessions.start(session, NOW))
  t.equal(ids.size, 10_000)
  t.ok([...ids].every((id) => uuid.test(id)))
  for (const place of [0, 9, 24, 35]) {
    const digits = new Set([...ids].map((id) => id[place]))
    t.equal(digits.size, 16, `at place ${place} every digit occurs: it counts nothing up`)
  }
})
