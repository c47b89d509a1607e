// S80: URLs end up in histories, in logs and in other sites' Referer, so no token is taken from one
// and none is put there; and no page but /inspect, which is for learning, holds a token.
import t from 'tap'
import { appOfAda, formType, sessionToken, signInForm, testApp } from '../support/fixtures.ts'
import { ask, type RequestParts } from '../support/mock-http.ts'

const token = sessionToken()
const jsonType = { 'content-type': 'application/json' }

const places: Record<string, RequestParts> = {
  'in ?access_token=': { url: `/private?access_token=${token}` },
  'in ?token=': { url: `/private?token=${token}` },
  'in ?authorization=': { url: `/private?authorization=Bearer%20${token}` },
  'behind a hash': { url: `/private#${token}` },
  'in the path': { url: `/private/${token}` },
  'as user information': { url: `http://${token}@localhost/private` },
  'in a header of another name': { url: '/private', headers: { 'x-access-token': token } },
  'in a header for proxies': {
    url: '/private',
    headers: { 'proxy-authorization': `Bearer ${token}` },
  },
  'in a form field': {
    method: 'POST',
    url: '/logout',
    headers: formType,
    body: `access_token=${token}`,
  },
  'in a JSON field': {
    method: 'POST',
    url: '/logout',
    headers: jsonType,
    body: JSON.stringify({ access_token: token, authorization: token }),
  },
}

t.test('a live token is not taken', async (t) => {
  for (const [where, request] of Object.entries(places)) {
    const { app } = await appOfAda()
    const { status } = await ask(app, request)
    t.ok(status === 401 || status === 404, `${where}: ${status}`)
    const headers = { authorization: `Bearer ${token}` }
    const still = await ask(app, { url: '/private', headers })
    t.equal(still.status, 200, 'and the session goes on')
  }
})

t.test('no page but /inspect holds the token of its visitor', async (t) => {
  const { app } = await testApp()
  const signedIn = await ask(app, {
    method: 'POST',
    url: '/auth',
    headers: { ...formType, accept: 'text/html' },
    body: signInForm,
  })
  const own = /^session=([^;]+)/.exec(signedIn.headers['set-cookie'] ?? '')?.[1] ?? ''
  const parts = own.split('.')
  const holdsAPart = (text: string) => parts.some((part) => text.includes(part))
  t.equal(parts.length, 3)
  t.equal(signedIn.headers.location, '/private')
  t.notOk(holdsAPart(signedIn.body), 'the answer to signing in, but for its cookie')

  for (const accept of ['text/html', 'application/json', '*/*']) {
    const headers = { accept, cookie: `session=${own}` }
    for (const url of ['/', '/home', '/private', `/nowhere/${own}`, `/private?token=${own}`]) {
      const res = await ask(app, { url, headers })
      const text = JSON.stringify([res.headers, res.body])
      t.notOk(holdsAPart(text), `${url.slice(0, 20)} as ${accept}`)
      t.equal(res.headers.location, undefined, 'and no answer sends the browser anywhere')
    }
  }
  const headers = { cookie: `session=${own}` }
  t.ok(holdsAPart((await ask(app, { url: '/inspect', headers })).body), '/inspect shows it')
  const out = await ask(app, { method: 'POST', url: '/logout', headers })
  t.notOk(holdsAPart(JSON.stringify([out.headers, out.body])), 'the page after signing out')
})
