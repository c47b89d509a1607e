// S81: two different tokens in one request are refused (RFC 6750 §2), so nobody can play on which
// of them counts.
import t from 'tap'
import { appOfAda, sessionToken } from '../support/fixtures.ts'
import { listening, raw } from '../support/listening.ts'
import { ask } from '../support/mock-http.ts'

const good = sessionToken()
const alsoGood = sessionToken({ note: 'the same session, another token' })

const pairs: Array<[what: string, authorization: string, cookie: string, status: number]> = [
  ['the same token twice', `Bearer ${good}`, good, 200],
  ['the same token, bare', good, good, 200],
  ['two good tokens', `Bearer ${good}`, alsoGood, 400],
  ['a good header, a bad cookie', `Bearer ${good}`, 'x.y.z', 400],
  ['a bad header, a good cookie', 'Bearer x.y.z', good, 400],
  ['a good header, an empty cookie', `Bearer ${good}`, '', 400],
  ['the scheme alone, a good cookie', 'Bearer', good, 400],
  ['an empty header, a good cookie', '', good, 200],
  ['the header of a proxy in front, a good cookie', 'Basic YWRhOmFkYQ==', good, 200],
]

for (const [what, authorization, cookieToken, status] of pairs) {
  t.test(`${what}: ${status}`, async (t) => {
    for (const [method, url] of [
      ['GET', '/private'],
      ['GET', '/home'],
      ['GET', '/inspect'],
      ['POST', '/logout'],
    ] as const) {
      const { app } = await appOfAda()
      const headers = { authorization, cookie: `session=${cookieToken}` }
      const res = await ask(app, { method, url, headers })
      t.equal(res.status, status, `${method} ${url}`)
      if (status === 400)
        t.equal(
          res.body,
          'Cannot choose between two tokens: one came in a header, one in a cookie\n',
        )
    }
  })
}

t.test('two Authorization headers: 400, though node would keep the first', async (t) => {
  const { app } = await appOfAda()
  const { port } = await listening(t, app)
  const send = (...lines: string[]) =>
    raw(port, ['GET /private HTTP/1.1', 'Host: localhost', ...lines, '', ''].join('\r\n'))
  const header = `Authorization: Bearer ${good}`
  t.match(await send(header, 'Connection: close'), /^HTTP\/1\.1 200 /)
  t.match(await send(header, header), /^HTTP\/1\.1 400 /, 'twice the same')
  t.match(await send(header, 'authorization: Bearer x.y.z'), /^HTTP\/1\.1 400 /, 'good, then bad')
  t.match(await send('AUTHORIZATION: Bearer x.y.z', header), /^HTTP\/1\.1 400 /, 'bad, then good')
})

t.test('two Cookie headers are one list, so two cookies in them are refused as well', async (t) => {
  const { app } = await appOfAda()
  const { port } = await listening(t, app)
  const cookie = `Cookie: session=${good}`
  const lines = ['GET /private HTTP/1.1', 'Host: localhost', 'Connection: close', cookie]
  t.match(await raw(port, [...lines, '', ''].join('\r\n')), /^HTTP\/1\.1 200 /)
  const twice = [...lines, 'Cookie: session=x', '', ''].join('\r\n')
  t.match(await raw(port, twice), /^HTTP\/1\.1 400 /)
})

t.test(
  'a header that browsers add by themselves does not turn a GET into a sign-out',
  async (t) => {
    const { app } = await appOfAda()
    const headers = { authorization: 'Basic YWRhOmFkYQ==', cookie: `session=${good}` }
    t.equal((await ask(app, { url: '/logout', headers })).status, 405)
    t.equal((await ask(app, { url: '/private', headers })).status, 200)
  },
)
