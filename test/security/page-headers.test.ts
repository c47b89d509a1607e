// S86 to S88, S90, S92: the headers that every answer carries, whatever was asked and however.
import t from 'tap'
import { appOfAda, sessionToken, testApp } from '../support/fixtures.ts'
import { listening } from '../support/listening.ts'

/** The policy lets no script run, no frame show us, no plug-in load, and no form that got into a page post to anybody else. */
const expected = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

/** What tells too much, or lets too many in. */
const forbidden = ['x-powered-by', 'server', 'via', 'etag', 'access-control-allow-origin']

const paths = ['/', '/home', '/auth', '/private', '/logout', '/inspect', '/health', '/nowhere']
const assets = ['/style.css', '/favicon.svg']
const ofOneType = [...assets, '/health'] // whatever is accepted
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const ownForm = { 'sec-fetch-site': 'same-origin' }
const contentType: Record<string, RegExp> = {
  'text/html': /^text\/html; charset=utf-8$/,
  'application/json': /^(?:application\/json|text\/html); charset=utf-8$/,
  '*/*': /^text\/(?:html|plain); charset=utf-8$/,
}

const modes: Record<string, Record<string, string>> = {
  'in teaching mode': {},
  'in production': { NODE_ENV: 'production', DEMO_USER: 'ada', DEMO_PASSWORD: 'correct horse' },
}

for (const [mode, environment] of Object.entries(modes)) {
  t.test(`${mode}, every path with every method`, async (t) => {
    const { app } = await appOfAda({ environment })
    const { url } = await listening(t, app)
    const visitors = {
      nobody: '',
      ada: `session=${sessionToken()}`,
      forger: 'session=x',
    }
    for (const path of [...paths, ...assets]) {
      for (const method of methods) {
        for (const [visitor, cookie] of Object.entries(visitors)) {
          for (const [accept, type] of Object.entries(contentType)) {
            const headers = { accept, cookie, origin: 'https://evil.example' }
            const res = await fetch(url + path, { method, headers: { ...headers, ...ownForm } })
            const asset = assets.includes(path) && res.status === 200
            const fixed = ofOneType.includes(path) && res.status === 200
            const got = {
              ...Object.fromEntries(Object.keys(expected).map((n) => [n, res.headers.get(n)])),
              'cache-control': res.headers.get('cache-control'),
              forbidden: forbidden.filter((name) => res.headers.has(name)),
              typed: fixed || type.test(res.headers.get('content-type') ?? ''),
              saysOrigin: (await res.text()).includes('evil.example'),
            }
            const cache = asset ? 'public, max-age=3600' : 'no-store'
            const wanted = { 'cache-control': cache, forbidden: [], typed: true, saysOrigin: false }
            const what = `${method} ${path} as ${accept} by ${visitor}: ${res.status}`
            t.strictSame(got, { ...expected, ...wanted }, what)
          }
        }
      }
    }
  })
}

t.test('the style sheet and the icon say what they are', async (t) => {
  const { app } = await testApp()
  const { url } = await listening(t, app)
  const types: Record<string, string> = {
    '/style.css': 'text/css; charset=utf-8',
    '/favicon.svg': 'image/svg+xml; charset=utf-8',
  }
  for (const [path, type] of Object.entries(types))
    t.equal((await fetch(url + path)).headers.get('content-type'), type)
})

t.test('a limit, too, is answered with all of them', async (t) => {
  const { app } = await testApp({ environment: { REQUESTS_PER_SECOND: '1' } })
  const { url } = await listening(t, app)
  await fetch(url)
  const res = await fetch(url)
  t.equal(res.status, 429)
  t.equal(res.headers.get('content-security-policy'), expected['content-security-policy'])
  t.equal(res.headers.get('cache-control'), 'no-store')
})
