import t from 'tap'
import { appOfAda, formType, sessionToken } from '../../../support/fixtures.ts'
import { ask, type RequestParts } from '../../../support/mock-http.ts'

async function inspect(parts: RequestParts) {
  const { app, events } = await appOfAda()
  const res = await ask(app, { url: '/inspect', ...parts })
  return { res, events }
}

const paste = (token: string, headers: Record<string, string> = {}) =>
  inspect({
    method: 'POST',
    headers: { ...formType, ...headers },
    body: String(new URLSearchParams({ token })),
  })

const page = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
}

t.test('GET /inspect', async (t) => {
  t.test('takes the token of the visitor apart', async (t) => {
    const token = sessionToken()
    for (const headers of [{ cookie: `session=${token}` }, { authorization: token }]) {
      const { res } = await inspect({ headers })
      t.hasStrict(res, page)
      t.match(res.body, /<h1>Your token, taken apart<\/h1>/)
      t.match(res.body, /This token is accepted/)
      t.match(res.body, new RegExp(`<textarea[^>]*>${token}</textarea>`), 'ready to be copied')
    }
  })

  t.test('shows every check with its result and its section', async (t) => {
    const { res } = await inspect({ headers: { authorization: sessionToken() } })
    t.equal(res.body.match(/<li id="check-[a-z-]+" class="passed"/g)?.length, 17)
    t.match(
      res.body,
      /<code>signature<\/code> <span class="promise">The signature.*RFC 7515 §5\.2/s,
    )
  })

  t.test('offers a stranger to sign in or to paste a token', async (t) => {
    for (const headers of [{}, { authorization: 'Basic YWRhOmFkYQ==' }] as const) {
      const { res } = await inspect({ headers: { ...headers } })
      t.hasStrict(res, page)
      t.match(res.body, /<h1>Take a token apart<\/h1>.*href="\/home".*name="token"/s)
    }
  })

  t.test('does not look at a token in the address', async (t) => {
    const { res } = await inspect({ url: `/inspect?token=${sessionToken()}` })
    t.match(res.body, /<h1>Take a token apart<\/h1>/)
  })
})

t.test('POST /inspect', async (t) => {
  t.test('takes a pasted token apart, spaces around it and all', async (t) => {
    const { res } = await paste(` \n${sessionToken()}\r\n`)
    t.hasStrict(res, page)
    t.match(res.body, /<h1>The pasted token, taken apart<\/h1>.*This token is accepted/s)
  })

  t.test('takes off what stands before it in a header, and says so', async (t) => {
    for (const front of ['Bearer ', 'Authorization: Bearer ', 'authorization: ']) {
      const { res } = await paste(`${front}${sessionToken()}`)
      t.match(res.body, /such as the word Bearer, is no part of a token.*This token is accepted/s)
    }
    t.notMatch((await paste(sessionToken())).res.body, /the word Bearer/)
  })

  t.test('opens what failed, and folds the rest', async (t) => {
    const { res } = await paste(sessionToken({ aud: 'other', exp: 1 }))
    t.equal(res.body.match(/<details open>/g)?.length, 3)
    t.equal(res.body.match(/<details>/g)?.length, 14)
  })

  t.test('says who is signed in, and marks its own link', async (t) => {
    const { res } = await paste('x', { cookie: `session=${sessionToken()}` })
    t.match(res.body, /<a href="\/inspect" aria-current="page">.*Signed in as <strong>ada</s)
  })

  t.test('takes it as JSON, too', async (t) => {
    const headers = { 'content-type': 'application/json' }
    const { res } = await inspect({
      method: 'POST',
      headers,
      body: `{"token":"${sessionToken()}"}`,
    })
    t.match(res.body, /This token is accepted/)
  })

  t.test('says which check a changed token fails, and tells the log nothing', async (t) => {
    const { res, events } = await paste(`${sessionToken()}x`)
    t.hasStrict(res, page)
    t.match(res.body, /This token is refused: the check &quot;signature&quot; fails/)
    t.match(res.body, /<li id="check-signature" class="failed"/)
    t.same(events, [])
  })

  for (const [what, body] of [
    ['nothing', ''],
    ['spaces', 'token=+++'],
    ['no token', 'a=b'],
  ]) {
    t.test(`with ${what}: the form again`, async (t) => {
      const { res } = await inspect({ method: 'POST', headers: formType, body: String(body) })
      t.hasStrict(res, page)
      t.match(res.body, /<h1>Take a token apart<\/h1>/)
    })
  }

  t.test('with a list for a token: the form again', async (t) => {
    const headers = { 'content-type': 'application/json' }
    const { res } = await inspect({ method: 'POST', headers, body: '{"token":["a.b.c"]}' })
    t.match(res.body, /<h1>Take a token apart<\/h1>/)
  })

  t.test('with a body that is too large: 413', async (t) => {
    t.equal((await paste('x'.repeat(20_000))).res.status, 413)
  })
})
