// S77 to S79: a cookie that only this server can set, that no script can read, and that comes alone.
import t from 'tap'
import {
  appOfAda,
  forge,
  formType,
  goodClaims,
  sessionToken,
  signInForm,
  testApp,
} from '../support/fixtures.ts'
import { ask } from '../support/mock-http.ts'

/** Takes a Set-Cookie header apart (RFC 6265 §4.1.1). */
function parse(setCookie = '') {
  const [pair = '', ...attributes] = setCookie.split('; ')
  const [name, value = ''] = pair.split('=')
  return { name, value, attributes: attributes.sort() }
}

const signIn = { method: 'POST', url: '/auth', headers: formType, body: signInForm }

const account = { DEMO_USER: 'ada', DEMO_PASSWORD: 'a phrase for tests, and no other' }
const production = { NODE_ENV: 'production', PUBLIC_ORIGIN: 'https://jwt.example', ...account }

t.test('signing in sets one __Host- cookie with every attribute that it needs', async (t) => {
  for (const [lifetime, seconds] of [
    ['90s', 90],
    ['7d', 604_800],
  ] as const) {
    const { app } = await testApp({ environment: { ...production, SESSION_LIFETIME: lifetime } })
    const body = new URLSearchParams({
      username: account.DEMO_USER,
      password: account.DEMO_PASSWORD,
    }).toString()
    const res = await ask(app, { ...signIn, body })
    const { name, value, attributes } = parse(res.headers['set-cookie'])
    t.equal(name, '__Host-session')
    t.equal(value, res.headers.authorization, 'its value is the token')
    const expected = ['HttpOnly', `Max-Age=${seconds}`, 'Path=/', 'SameSite=Lax', 'Secure']
    t.strictSame(attributes, expected, 'nothing more: no Domain. It lives as long as the token')
  }
})

t.test('a practice server over plain http does without Secure, for Safari', async (t) => {
  const { app } = await testApp()
  const { name, attributes } = parse((await ask(app, signIn)).headers['set-cookie'])
  t.equal(name, 'session', 'a name with __Host- would not be accepted')
  t.strictSame(attributes, ['HttpOnly', 'Max-Age=604800', 'Path=/', 'SameSite=Lax'])

  const { app: withTls } = await testApp({ environment: { PUBLIC_ORIGIN: 'https://localhost' } })
  const overTls = parse((await ask(withTls, signIn)).headers['set-cookie'])
  t.equal(overTls.name, '__Host-session')
  t.ok(overTls.attributes.includes('Secure'))
})

t.test('the longest user name still makes a cookie of less than 4096 bytes', async (t) => {
  const username = 'a'.repeat(128)
  const { app } = await testApp({ environment: { DEMO_USER: username } })
  const res = await ask(app, { ...signIn, body: `username=${username}&password=itsnosecret` })
  t.equal(res.status, 200)
  t.ok((res.headers['set-cookie'] ?? '').length < 4096)
})

t.test('a token that is too long for any cookie is not looked at', async (t) => {
  const { app, events } = await appOfAda()
  const long = forge(goodClaims({ note: 'A'.repeat(3000) }))
  const inHeader = { authorization: `Bearer ${long}` }
  t.equal((await ask(app, { url: '/private', headers: inHeader })).status, 200, 'a header has room')
  const inCookie = { cookie: `session=${long}` }
  t.equal((await ask(app, { url: '/private', headers: inCookie })).status, 401)
  t.equal(events.at(-1)?.fields.reason, 'form')
})

const good = `session=${sessionToken()}`
const doubles: Record<string, string> = {
  'one twice': `${good}; ${good}`,
  'a good one, then another': `${good}; session=x`,
  'another, then a good one': `session=x; ${good}`,
  'an empty one, then a good one': `session=; ${good}`,
  'with another cookie between': `${good}; theme=dark; session=x`,
  'without a space between': `${good};session=x`,
}

t.test('two cookies of the name: 400, since one of them was planted', async (t) => {
  for (const [what, cookie] of Object.entries(doubles)) {
    for (const [method, url] of [
      ['GET', '/private'],
      ['GET', '/home'],
      ['GET', '/inspect'],
      ['POST', '/logout'],
    ] as const) {
      const { app } = await appOfAda()
      t.equal((await ask(app, { method, url, headers: { cookie } })).status, 400, `${url}: ${what}`)
    }
  }
})

// A browser lets a sub-domain plant names with something before them even where `__Host-` is asked for. U+00A0 is what
// JavaScript's trim() takes for a space, and no specification of cookies does.
const planted = ['\u00a0', '\u00a0 ', ' \u00a0', '\ufeff', '\u000b', '_', 'x']

const notOurs: Record<string, string> = {
  'with the prefix of a server behind TLS': `__Host-session=${sessionToken()}`,
  'in another case': `Session=${sessionToken()}`,
  'with a longer name': `session2=${sessionToken()}`,
  'in the value of another': `theme=session=${sessionToken()}`,
  'in quotes': `session="${sessionToken()}"`,
  ...Object.fromEntries(
    planted.map((text) => [`behind ${JSON.stringify(text)}`, `${text}session=${sessionToken()}`]),
  ),
}

t.test('a token in any other cookie is no token', async (t) => {
  for (const [what, cookie] of Object.entries(notOurs)) {
    const { app } = await appOfAda()
    t.equal((await ask(app, { url: '/private', headers: { cookie } })).status, 401, what)
  }
})

t.test('other cookies do no harm', async (t) => {
  const { app } = await appOfAda()
  const headers = { cookie: `theme=dark; ${good}; a; =b; ;` }
  t.equal((await ask(app, { url: '/private', headers })).status, 200)
})
