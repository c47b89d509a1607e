// S83 to S85: another site can make a browser send our cookie. It cannot sign anybody in or out.
import t from 'tap'
import { appOfAda, formType, sessionToken, signInForm, testApp } from '../support/fixtures.ts'
import { ask, type RequestParts } from '../support/mock-http.ts'

const host = 'localhost:1337'
const own = `http://${host}`
const site = (value: string) => ({ 'sec-fetch-site': value })
const basic = { authorization: 'Basic YWRhOmFkYQ==' }

const matrix: Array<[sender: string, headers: Record<string, string>, through: boolean]> = [
  ['our own form', site('same-origin'), true],
  ['our own form, with its origin', { ...site('same-origin'), origin: own }, true],
  ['a form without a referrer', { ...site('same-origin'), origin: 'null' }, true],
  [
    'a page that says same-origin of another',
    { ...site('same-origin'), origin: 'http://evil.example' },
    false,
  ],
  ['the user: an address typed, a bookmark', site('none'), true],
  ['a sub-domain or another port', site('same-site'), false],
  ['another site', site('cross-site'), false],
  ['another site that says our origin', { ...site('cross-site'), origin: own }, false],
  ['another site, with a password that browsers add', { ...site('cross-site'), ...basic }, false],
  ['a site that nobody has heard of', site('same-planet'), false],
  ['no site', site(''), false],
  ['our site in capitals', site('SAME-ORIGIN'), false],
  ['two sites', site('same-origin, cross-site'), false],
  ['an older browser on our page', { origin: own }, true],
  ['an older browser, origin null', { origin: 'null' }, false],
  ['an older browser, an empty origin', { origin: '' }, false],
  ['an older browser on another site', { origin: 'https://evil.example' }, false],
  ['an older browser, another port', { origin: 'http://localhost:1338' }, false],
  ['an older browser, no port', { origin: 'http://localhost' }, false],
  ['an older browser, a longer port', { origin: 'http://localhost:13370' }, false],
  ['an older browser, a sub-domain', { origin: 'http://evil.localhost:1337' }, false],
  ['an older browser, our name as a sub-domain', { origin: `${own}.evil.example` }, false],
  ['an older browser, https', { origin: `https://${host}` }, false],
  ['an older browser, the loopback address', { origin: 'http://127.0.0.1:1337' }, false],
  ['an older browser, a slash too many', { origin: `${own}/` }, false],
  ['an older browser, two origins', { origin: `${own}, https://evil.example` }, false],
  ['no browser: curl, a program', {}, true],
  ['a referrer alone, which is not asked', { referer: 'https://evil.example/' }, true],
]

const cookie = `session=${sessionToken()}`
const forms: Record<string, RequestParts> = {
  '/auth': { method: 'POST', url: '/auth', headers: { ...formType, host }, body: signInForm },
  '/logout': { method: 'POST', url: '/logout', headers: { ...formType, host, cookie } },
  '/inspect': { method: 'POST', url: '/inspect', headers: { ...formType, host }, body: 'token=x' },
}

const sessionsOf = async (store: { list(kind: string, owner: string): AsyncIterable<unknown> }) => {
  const found = []
  for await (const session of store.list('session', 'masterbuilder')) found.push(session)
  return found.length
}

for (const [url, form] of Object.entries(forms)) {
  t.test(`POST ${url} from`, async (t) => {
    for (const [sender, headers, through] of matrix) {
      t.test(`${sender}: ${through ? 200 : 403}`, async (t) => {
        const { app, store } = await appOfAda()
        const res = await ask(app, { ...form, headers: { ...form.headers, ...headers } })
        t.equal(res.status, through ? 200 : 403)
        t.equal(await sessionsOf(store), through && url === '/auth' ? 1 : 0, 'sessions begun')
        const after = await ask(app, { url: '/private', headers: { cookie } })
        t.equal(after.status, through && url === '/logout' ? 401 : 200, 'the session of ada')
        if (!through) t.equal(res.headers['set-cookie'], undefined)
      })
    }
  })
}

t.test('behind a proxy the origin is what PUBLIC_ORIGIN says, whatever Host says', async (t) => {
  const account = { DEMO_USER: 'ada', DEMO_PASSWORD: 'a phrase for tests' }
  const environment = { PUBLIC_ORIGIN: 'https://tokens.example', ...account }
  const { app } = await testApp({ environment })
  const body = 'username=ada&password=a+phrase+for+tests'
  const post = async (origin: string) =>
    (await ask(app, { ...forms['/auth'], body, headers: { ...formType, host, origin } })).status
  t.equal(await post('https://tokens.example'), 200)
  t.equal(await post('http://tokens.example'), 403)
  t.equal(await post('https://www.tokens.example'), 403)
  t.equal(await post('https://tokens.example:8443'), 403)
  t.equal(await post(own), 403)
})

t.test('a link changes nothing: GET and HEAD /logout with the cookie are 405', async (t) => {
  // Without the header this address knows POST alone; HEAD it never knows.
  const allowed = { GET: 'POST', HEAD: 'GET, POST' }
  for (const [method, allow] of Object.entries(allowed)) {
    const { app } = await appOfAda()
    const res = await ask(app, { method, url: '/logout', headers: { cookie, ...site('none') } })
    t.equal(res.status, 405)
    t.equal(res.headers.allow, allow)
    t.equal((await ask(app, { url: '/private', headers: { cookie } })).status, 200)
  }
})

t.test('GET /logout with the Authorization header signs out: no link can send one', async (t) => {
  const { app } = await appOfAda()
  const headers = { authorization: `Bearer ${sessionToken()}` }
  t.equal((await ask(app, { method: 'HEAD', url: '/logout', headers })).status, 405)
  t.equal((await ask(app, { url: '/private', headers })).status, 200, 'HEAD changed nothing')
  t.equal((await ask(app, { url: '/logout', headers })).status, 200)
  t.equal((await ask(app, { url: '/private', headers })).status, 401)
})
