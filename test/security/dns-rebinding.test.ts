// Whoever owns a domain may point it at 127.0.0.1. A browser then takes their page for one of ours: it
// reads our answers, among them the practice password, and calls its own requests same-origin.
import t from 'tap'
import { formType, signInForm, testApp } from '../support/fixtures.ts'
import { ask } from '../support/mock-http.ts'

const evil = 'evil.example:1337'
const theirPage = { host: evil, origin: `http://${evil}`, 'sec-fetch-site': 'same-origin' }

t.test('a practice server answers nobody under the name of another', async (t) => {
  for (const url of ['/', '/home', '/auth', '/private', '/inspect', '/health', '/nowhere']) {
    const { app } = await testApp()
    const res = await ask(app, { url, headers: { host: evil, accept: 'text/html' } })
    t.equal(res.status, 421, url)
    t.notMatch(res.body, /itsnosecret/, 'and tells no password')
  }
})

t.test('nor does it sign anybody in there', async (t) => {
  const { app, store } = await testApp()
  const headers = { ...formType, ...theirPage }
  const res = await ask(app, { method: 'POST', url: '/auth', headers, body: signInForm })
  t.equal(res.status, 421)
  t.notOk('set-cookie' in res.headers)
  for await (const session of store.list('session', 'masterbuilder')) t.fail(session.id)
})

t.test('the name that a cloud workspace forwards is one of ours, when it is set', async (t) => {
  const { app } = await testApp({ environment: { FORWARDED_HOST: 'w-1337.dev.example' } })
  const origin = 'https://w-1337.dev.example'
  const headers = { ...formType, 'sec-fetch-site': 'same-origin', origin }
  for (const host of ['w-1337.dev.example', 'localhost:1337']) {
    const request = { method: 'POST', url: '/auth', headers: { ...headers, host } }
    t.equal((await ask(app, { ...request, body: signInForm })).status, 200, host)
  }
})

t.test('a server for everybody has any name, and nothing to tell', async (t) => {
  const account = { DEMO_USER: 'ada', DEMO_PASSWORD: 'a phrase for tests, and no other' }
  const { app } = await testApp({ environment: { NODE_ENV: 'production', ...account } })
  t.equal((await ask(app, { headers: { host: 'jwt.example' } })).status, 200)
})
