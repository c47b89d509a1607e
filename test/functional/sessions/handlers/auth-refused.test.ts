import t from 'tap'
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
