import t from 'tap'
import { appOfAda, sessionToken } from '../../../support/fixtures.ts'
import { ask } from '../../../support/mock-http.ts'

async function get(headers: Record<string, string> = {}) {
  const { app } = await appOfAda()
  return await ask(app, { url: '/home', headers })
}

const page = { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } }

t.test('GET /home', async (t) => {
  t.test('shows a stranger the sign-in form', async (t) => {
    const res = await get()
    t.hasStrict(res, page)
    t.match(res.body, /<form[^>]+action="\/auth".*name="username".*name="password"/s)
    t.notOk('set-cookie' in res.headers, 'a visit alone sets no cookie')
  })

  t.test('tells who comes back that they are signed in', async (t) => {
    const res = await get({ cookie: `session=${sessionToken()}` })
    t.hasStrict(res, page)
    t.match(res.body, /action="\/logout".*You are signed in as ada.*href="\/private"/s)
    t.notMatch(res.body, /name="password"/)
  })

  const strangers = {
    'an expired token': sessionToken({ exp: 1_999_999_999 }),
    'a token of a session that never was': sessionToken({ sub: 'bob' }),
    'something that is no token': 'hello',
  }
  for (const [what, token] of Object.entries(strangers)) {
    t.test(`with ${what}: the form, and no reproach`, async (t) => {
      const res = await get({ cookie: `session=${token}` })
      t.hasStrict(res, page)
      t.match(res.body, /action="\/auth"/)
      t.notMatch(res.body, /role="alert"/)
    })
  }
})
