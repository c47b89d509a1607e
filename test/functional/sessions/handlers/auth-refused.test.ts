import t from 'tap'
import { StoreUnavailable } from '../../../../example/store/errors.ts'
import { formType, signInForm, testApp } from '../../../support/fixtures.ts'
import { ask, type RequestParts } from '../../../support/mock-http.ts'

type TestApp = Awaited<ReturnType<typeof testApp>>

async function signIn({ app, store }: TestApp, parts: RequestParts = {}) {
  const form = { method: 'POST', url: '/auth', body: signInForm }
  const res = await ask(app, { ...form, ...parts, headers: { ...formType, ...parts.headers } })
  let sessions = 0
  for await (const _ of store.list('session', 'masterbuilder')) sessions += 1
  return { res, sessions }
}

const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

t.test('POST /auth with wrong or missing credentials: 401, the form again, no token', async (t) => {
  const bodies: Record<string, string> = {
    'a wrong password': 'username=masterbuilder&password=wrong',
    'a wrong user name': 'username=ada&password=itsnosecret',
    'a password with a space behind it': 'username=masterbuilder&password=itsnosecret+',
    'no password': 'username=masterbuilder',
    'no user name': 'password=itsnosecret',
    'nothing at all': '',
    'other fields': 'user=masterbuilder&pass=itsnosecret',
  }
  for (const [what, body] of Object.entries(bodies)) {
    t.test(what, async (t) => {
      const { res, sessions } = await signIn(await testApp(), { body, headers: browser })
      t.hasStrict(res, { status: 401, headers: { 'www-authenticate': 'Bearer' } })
      t.match(
        res.body,
        /id="sign-in-message" role="alert" tabindex="-1" autofocus>Wrong user name or password</,
      )
      t.notOk('authorization' in res.headers || 'set-cookie' in res.headers)
      t.equal(sessions, 0)
    })
  }

  t.test('and nobody learns which of the two was wrong', async (t) => {
    const answers = new Set<string>()
    for (const body of Object.values(bodies)) {
      const { res } = await signIn(await testApp(), { body, headers: browser })
      answers.add(res.body.replace(/value="[^"]*"/, ''))
    }
    t.equal(answers.size, 1, 'but for the name, which is theirs')
  })

  t.test('the typed user name is kept, as text', async (t) => {
    const body = 'username=%3Cb%3Eada&password=x'
    const { res } = await signIn(await testApp(), { body, headers: browser })
    t.match(res.body, /name="username" value="&lt;b&gt;ada"/)
  })

  t.test('as JSON: an error object', async (t) => {
    for (const body of ['{"username":"ada","password":"x"}', '{"username":["a"]}', '{}']) {
      const headers = { accept: 'application/json', 'content-type': 'application/json' }
      t.hasStrict((await signIn(await testApp(), { headers, body })).res, {
        status: 401,
        body: '{"error":"invalid_grant","error_description":"Wrong user name or password"}',
      })
    }
  })

  t.test('the log knows from where, and not what was typed', async (t) => {
    const server = await testApp()
    await signIn(server, { body: 'username=ada&password=hunter2', remoteAddress: '192.0.2.9' })
    const event = { level: 'warn', event: 'sign-in failed', fields: { address: '192.0.2.9' } }
    t.same(server.events, [event])
  })
})

t.test('POST /auth refuses what it cannot read in one way only', async (t) => {
  const unreadable: Array<[what: string, parts: RequestParts, status: number]> = [
    ['a field that comes twice', { body: `${signInForm}&username=ada` }, 400],
    ['bytes that are not UTF-8', { body: 'username=%ff&password=x' }, 400],
    ['half a JSON object', { headers: { 'content-type': 'application/json' }, body: '{"a":' }, 400],
    ['JSON null', { headers: { 'content-type': 'application/json' }, body: 'null' }, 400],
    ['another type', { headers: { 'content-type': 'text/plain' } }, 415],
    ['a compressed body', { headers: { 'content-encoding': 'gzip' } }, 415],
    ['a body that is too large', { body: `${signInForm}&x=${'x'.repeat(20_000)}` }, 413],
    ['a form of another site', { headers: { 'sec-fetch-site': 'cross-site' } }, 403],
    ['a form of a sub-domain', { headers: { 'sec-fetch-site': 'same-site' } }, 403],
    ['a form of another origin', { headers: { origin: 'https://evil.example' } }, 403],
    ['a form of no origin', { headers: { origin: 'null' } }, 403],
  ]
  for (const [what, parts, status] of unreadable) {
    t.test(`${what}: ${status}`, async (t) => {
      const { res, sessions } = await signIn(await testApp(), parts)
      t.equal(res.status, status)
      t.equal(sessions, 0)
    })
  }
})

t.test('when the store cannot write: 503, and no token that would never work', async (t) => {
  const server = await testApp()
  server.store.insert = () => Promise.reject(new StoreUnavailable('write the record'))
  const { res } = await signIn(server)
  t.hasStrict(res, { status: 503, headers: { 'retry-after': '1' } })
  t.notOk('authorization' in res.headers || 'set-cookie' in res.headers)
})
