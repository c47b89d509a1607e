import t from 'tap'
import { appOfAda, NOW, SESSION_ID, sessionToken } from '../../../support/fixtures.ts'
import { ask } from '../../../support/mock-http.ts'

async function serverWithSession() {
  const server = await appOfAda()
  const send = (method: string, url: string, headers: Record<string, string>, body = '') =>
    ask(server.app, { method, url, headers, body })
  return { ...server, send }
}

const token = sessionToken()
const bearer = { authorization: `Bearer ${token}` }
const cookie = { cookie: `session=${token}` }
const cleared = 'session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax'

t.test('signing out ends the session at once', async (t) => {
  const ways: Array<[what: string, method: string, headers: Record<string, string>]> = [
    ['POST with the cookie', 'POST', cookie],
    ['POST with a Bearer header', 'POST', bearer],
    ['GET with a Bearer header', 'GET', bearer],
    ['GET with the bare token, as the original tutorial did', 'GET', { authorization: token }],
    ['a header beside the same cookie', 'POST', { ...bearer, ...cookie }],
  ]
  for (const [what, method, headers] of ways) {
    t.test(what, async (t) => {
      const { send } = await serverWithSession()
      t.equal((await send('GET', '/private', bearer)).status, 200)
      t.hasStrict(await send(method, '/logout', headers), {
        status: 200,
        headers: {
          'content-type': 'text/plain; charset=utf-8',
          'set-cookie': cleared,
          'clear-site-data': '"cache", "storage"',
          'cache-control': 'no-store',
        },
        body: 'Logged Out!',
      })
      t.equal((await send('GET', '/private', bearer)).status, 401)
    })
  }

  t.test('a browser is sent to a page, so that no reload signs out again', async (t) => {
    const { send } = await serverWithSession()
    const res = await send('POST', '/logout', { ...cookie, accept: 'text/html,*/*;q=0.8' })
    const headers = { location: '/signed-out', 'set-cookie': cleared }
    t.hasStrict(res, {
      status: 303,
      headers: { ...headers, 'clear-site-data': '"cache", "storage"' },
    })
  })

  t.test('who asks for JSON gets JSON', async (t) => {
    const { send } = await serverWithSession()
    t.hasStrict(await send('POST', '/logout', { ...bearer, accept: 'application/json' }), {
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: '{"logged_out":true}',
    })
  })

  t.test('the record stays and says that the session has ended', async (t) => {
    const { send, store } = await serverWithSession()
    await send('POST', '/logout', bearer)
    const record = await store.get({ kind: 'session', owner: 'ada', id: SESSION_ID })
    t.hasStrict(JSON.parse(record ?? ''), { valid: false, expiresAt: NOW + 3600 })
  })

  t.test('the record is read once, and then written', async (t) => {
    const { send, store } = await serverWithSession()
    const asked: string[] = []
    const { get, replace } = store
    store.get = (key) => {
      asked.push('get')
      return get.call(store, key)
    }
    store.replace = (...args) => {
      asked.push('replace')
      return replace.call(store, ...args)
    }
    await send('POST', '/logout', cookie)
    t.same(asked, ['get', 'replace'])
  })

  t.test('the log knows who left', async (t) => {
    const { send, events } = await serverWithSession()
    await send('POST', '/logout', bearer)
    t.same(events, [{ level: 'info', event: 'signed out', fields: { subject: 'ada' } }])
  })
})

t.test('a second sign-out answers as for a session that never was, and harms nobody', async (t) => {
  const { send } = await serverWithSession()
  t.equal((await send('POST', '/logout', bearer)).status, 200)
  const again = await send('POST', '/logout', bearer)
  t.hasStrict(again, {
    status: 401,
    headers: { 'www-authenticate': 'Bearer error="invalid_token"', 'set-cookie': cleared },
  })
  const unknown = { authorization: sessionToken({ sub: 'bob' }) }
  t.same(await send('POST', '/logout', unknown), again)
})

t.test('a body that is too large ends no session: 413', async (t) => {
  const { send } = await serverWithSession()
  t.equal((await send('POST', '/logout', cookie, 'x'.repeat(20_000))).status, 413)
  t.equal((await send('GET', '/private', bearer)).status, 200)
})
