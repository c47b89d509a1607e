import t from 'tap'
import {
  ApiError,
  createClient,
  IssuerError,
  SignInNeeded,
} from '../../../example/client/client.ts'
import { reply } from '../../../example/http/reply.ts'
import type { Handler } from '../../../example/http/types.ts'
import { PASSWORD } from '../../support/accounts.ts'
import { issuerApiAndClient, watched } from '../../support/client.ts'
import { user } from '../../support/issuer.ts'
import { listening } from '../../support/listening.ts'

// The client against the real issuer and the example API, each behind a server, in the ways that hurt.

/** What a promise was rejected with. */
const failure = (promise: Promise<unknown>) =>
  promise.then(
    (value) => t.fail('it did not fail', { value }),
    (error) => error,
  )

/** Answers with this status, whatever it is asked. */
const status =
  (status: number, headers = {}): Handler =>
  async (_req, res) =>
    reply(res, { status, type: 'json', body: '{}', headers })

/** Holds up what comes, until the test lets it through; key sets pass. */
function gate(handler: Handler) {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  let arrived = () => {}
  const first = new Promise<void>((resolve) => {
    arrived = resolve
  })
  const held: Handler = async (req, res) => {
    if (!req.url?.endsWith('.json')) {
      arrived()
      await opened
    }
    await handler(req, res)
  }
  return { held, open, first }
}

t.test(
  'signs in, asks, and signs out: then nobody is signed in, here and at the issuer',
  async (t) => {
    const { client, issuer, given } = await issuerApiAndClient(t)
    await client.login('ada', PASSWORD)
    t.same(await client.get('/hello'), { hello: 'ada' })
    t.same(await client.get('/staff'), { staff: 'ada' })
    await client.logout()
    t.ok((await failure(client.get('/hello'))) instanceof SignInNeeded)
    t.same(issuer.asked.slice(0, 2), ['/token/refresh', '/token/access'])
    t.equal(issuer.count('/token/revoke'), 1)
    await client.logout()
    t.equal(issuer.count('/token/revoke'), 1, 'there is nothing to end any more')
    t.ok((await failure(createClient(given).get('/hello'))) instanceof SignInNeeded)
  },
)

t.test('a sign-out ends what was signed in also for those who copied its token', async (t) => {
  let kept = ''
  const store = {
    get: () => (kept === '' ? undefined : JSON.parse(kept)),
    set: (signIn: object) => {
      kept = JSON.stringify(signIn)
    },
    remove: () => {
      kept = ''
    },
  }
  const { client } = await issuerApiAndClient(t, { store })
  await client.login('ada', PASSWORD)
  const copy = JSON.stringify({ refreshToken: store.get().refreshToken })
  await client.logout()
  kept = copy
  t.ok((await failure(client.get('/hello'))) instanceof SignInNeeded)
  t.equal(kept, '', 'and what the issuer refuses is forgotten')
})

t.test('JSON goes there and comes back, and an empty answer is undefined', async (t) => {
  const echo: Handler = async (req, res) => {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk)
    const sent = Buffer.concat(chunks).toString()
    const { method, headers } = req
    if (method === 'DELETE') {
      res.writeHead(204)
      return void res.end()
    }
    const body = JSON.stringify({ method, type: headers['content-type'], sent })
    reply(res, { status: 200, type: 'json', body })
  }
  const { client, api } = await issuerApiAndClient(t)
  api.handler = echo
  await client.login('ada', PASSWORD)
  const type = 'application/json'
  t.same(await client.post('/x', { a: 1 }), { method: 'POST', type, sent: '{"a":1}' })
  t.same(await client.put('/x', [2]), { method: 'PUT', type, sent: '[2]' })
  t.same(await client.patch('/x', null), { method: 'PATCH', type, sent: 'null' })
  t.same(await client.post('/x'), { method: 'POST', sent: '' })
  t.equal(await client.delete('/x'), undefined)
})

t.test('what the API refuses is an error with its status, and nobody is signed out', async (t) => {
  const { client, api } = await issuerApiAndClient(t)
  await client.login('ada', PASSWORD)
  const { handler } = api
  api.handler = status(503, { 'retry-after': '7' })
  const error = await failure(client.get('/hello'))
  t.ok(error instanceof ApiError)
  t.hasStrict(error, { status: 503, retryAfter: '7', body: '{}' })
  api.handler = status(403)
  t.hasStrict(await failure(client.get('/hello')), { status: 403, retryAfter: undefined })
  api.handler = handler
  t.same(await client.get('/hello'), { hello: 'ada' })
})

t.test('forty calls at once with one expired token: one refresh', async (t) => {
  const { client, issuer, api, server } = await issuerApiAndClient(t)
  await client.login('ada', PASSWORD)
  const forty = () => Promise.all(Array.from({ length: 40 }, () => client.get('/hello')))
  t.equal((await forty()).length, 40)
  t.equal(issuer.count('/token/access'), 1, 'the first token is asked for once, too')
  server.clock.now += 1000
  const answers = await forty()
  t.same(answers, Array(40).fill({ hello: 'ada' }))
  t.equal(issuer.count('/token/access'), 2)
  t.equal(api.asked.length, 120, 'each was tried once more, and not oftener')
})

t.test(
  'a call that learns late that its token was refused takes the new one that is there',
  async (t) => {
    const { client, issuer, api, server } = await issuerApiAndClient(t)
    await client.login('ada', PASSWORD)
    await client.get('/hello')
    server.clock.now += 1000
    const { handler } = api
    const late = gate(handler)
    api.handler = late.held
    const slow = client.get('/hello')
    await late.first
    api.handler = handler
    await client.get('/hello')
    late.open()
    t.same(await slow, { hello: 'ada' })
    t.equal(issuer.count('/token/access'), 2)
  },
)

t.test(
  'a new token that is refused, too: the 401 comes through, and nobody is signed out',
  async (t) => {
    const { client, issuer, api } = await issuerApiAndClient(t)
    await client.login('ada', PASSWORD)
    const { handler } = api
    api.handler = status(401)
    t.equal((await client.fetch('/hello')).status, 401)
    t.hasStrict(await failure(client.get('/hello')), { status: 401, body: '{}' })
    t.equal(issuer.count('/token/access'), 3, 'one for the first call, one for each refusal')
    api.handler = handler
    t.same(await client.get('/hello'), { hello: 'ada' })
  },
)

t.test('clocks one hour apart', async (t) => {
  await t.test('of the page: it asks no clock, so it does not matter', async (t) => {
    const { client, issuer } = await issuerApiAndClient(t)
    const { now } = Date
    for (const ahead of [3600, -3600]) {
      t.intercept(Date, 'now', { value: () => now() + ahead * 1000 })
      await client.login('ada', PASSWORD)
      t.same(await client.get('/hello'), { hello: 'ada' })
    }
    t.equal(issuer.count('/token/access'), 2)
  })
  await t.test('of the API: it refuses, which ends in a 401 and not in a loop', async (t) => {
    const { client, issuer, apiClock } = await issuerApiAndClient(t)
    await client.login('ada', PASSWORD)
    for (const ahead of [3600, -3600]) {
      const before = issuer.count('/token/access')
      apiClock.ahead = ahead
      t.equal((await client.fetch('/hello')).status, 401)
      t.ok(issuer.count('/token/access') <= before + 2)
    }
    apiClock.ahead = 0
    t.same(await client.get('/hello'), { hello: 'ada' }, 'the clock was mended')
  })
})

t.test('a 401 of the issuer means "sign in again", and nothing else does', async (t) => {
  const { client, issuer, server, given } = await issuerApiAndClient(t)
  const wrong = await failure(client.login('ada', 'a-wrong-password'))
  t.ok(wrong instanceof SignInNeeded)
  t.equal(wrong.message, 'The user name or the password is wrong')
  await client.login('ada', PASSWORD)
  await client.get('/hello')
  const { handler } = issuer
  server.clock.now += 1000
  const away = {
    'too many requests': [status(429, { 'retry-after': '30' }), 429, '30'],
    'a store that is away': [status(503, { 'retry-after': '1' }), 503, '1'],
    'a bad request': [status(400), 400, undefined],
    'a page of a proxy in between': [
      async (_req, res) => reply(res, { status: 401, type: 'html', body: '<h1>Proxy' }),
      401,
      undefined,
    ],
    'an answer without a token': [status(200), undefined, undefined],
    'a connection that breaks off': [
      async (req) => void Object(req).socket.destroy(),
      undefined,
      undefined,
    ],
  } satisfies Record<string, [Handler, number | undefined, string | undefined]>
  for (const [what, [answer, status, retryAfter]] of Object.entries(away)) {
    issuer.handler = answer
    const error = await failure(client.get('/hello'))
    t.ok(error instanceof IssuerError, what)
    t.hasStrict(error, { status, retryAfter }, what)
  }
  issuer.handler = handler
  t.same(await client.get('/hello'), { hello: 'ada' }, 'she was signed in all the time')

  const slow = createClient({ ...given, timeoutMilliseconds: 20 })
  issuer.handler = async (_req, res) => void setTimeout(() => res.end(), 300)
  const late = await failure(slow.login('ada', PASSWORD))
  t.equal(late.message, 'Cannot ask the issuer: it does not answer')
})

t.test('who was disabled is asked to sign in again, and forgotten', async (t) => {
  const { client, issuer, server, shop } = await issuerApiAndClient(t)
  await client.login('ada', PASSWORD)
  await client.get('/hello')
  await server.users.remove(shop.nsId, 'ada')
  server.clock.now += 1000
  for (const _ of [1, 2]) t.ok((await failure(client.get('/hello'))) instanceof SignInNeeded)
  t.equal(issuer.count('/token/access'), 2, 'the second call does not ask')
})

t.test('a body that can be read once is not sent again', async (t) => {
  const { client, issuer, api, server } = await issuerApiAndClient(t)
  await client.login('ada', PASSWORD)
  await client.get('/hello')
  const bodies = {
    text: 'a',
    bytes: new Uint8Array([97]),
    'a buffer': new Uint8Array([97]).buffer,
    'a blob': new Blob(['a']),
    'a form': new URLSearchParams({ a: '1' }),
    'a form with files': new FormData(),
    nothing: null,
  }
  const { handler } = api
  for (const [what, body] of Object.entries(bodies)) {
    const answers = [401, 201]
    api.handler = async (req, res) => await status(answers.shift() ?? 500)(req, res)
    t.equal((await client.fetch('/x', { method: 'POST', body })).status, 201, what)
  }
  api.handler = status(401)
  api.asked.length = 0
  const body = new Blob(['a']).stream()
  const half = { duplex: 'half' } // a streaming body needs it, and the types do not know it
  const refused = await client.fetch('/x', { method: 'POST', body, ...half })
  t.equal(refused.status, 401)
  t.equal(await refused.text(), '{}')
  t.equal(api.asked.length, 1)
  api.handler = handler
  server.clock.now += 1
  const before = issuer.count('/token/access')
  t.same(await client.get('/hello'), { hello: 'ada' })
  t.equal(issuer.count('/token/access'), before, 'the next call has a new token already')
})

t.test('a token follows nobody to another address', async (t) => {
  const { client, api, issuer, given } = await issuerApiAndClient(t)
  const { watch: elsewhere, outer } = watched(status(200))
  const { url } = await listening(t, outer)
  await client.login('ada', PASSWORD)
  await client.get('/hello')
  for (const code of [301, 302, 303, 307, 308]) {
    for (const location of [`${url}/stolen`, '/hello']) {
      api.handler = status(code, { location })
      await t.rejects(client.fetch('/x'), TypeError)
      await t.rejects(client.fetch('/x', { redirect: 'follow' }), TypeError)
      t.equal((await client.fetch('/x', { redirect: 'manual' })).status, code)
    }
    issuer.handler = status(code, { location: `${url}/stolen` })
    const fresh = createClient(given)
    t.ok((await failure(fresh.login('ada', PASSWORD))) instanceof IssuerError)
  }
  t.same(elsewhere.asked, [])
  const { port } = new URL(url)
  const others = [`${url}/x`, `//127.0.0.1:${port}/x`, `http://api@127.0.0.1:${port}/`, 'data:,a']
  for (const address of others) await t.rejects(client.get(address), TypeError)
  t.same(elsewhere.asked, [], 'nor is it sent where it was not meant to go')

  const both = createClient({ ...given, apis: [given.apis[0], url] })
  issuer.handler = status(200)
  await failure(both.get(new URL('/named', url)))
  t.same(elsewhere.asked, [], 'and nothing goes anywhere before somebody has signed in')
})

t.test('every API that was named gets it, and headers of the caller stay', async (t) => {
  const { issuer, given } = await issuerApiAndClient(t)
  const heard: unknown[] = []
  const { url } = await listening(t, async (req, res) => {
    const { authorization = '', 'x-mine': mine } = req.headers
    heard.push([authorization.slice(0, 10), mine])
    await status(200)(req, res)
  })
  const client = createClient({ ...given, apis: [given.apis[0], url] })
  await client.login('ada', PASSWORD)
  const headers = { 'x-mine': '1', authorization: 'Basic abc' }
  await client.fetch(new URL('/named', url), { headers })
  t.same(heard, [['Bearer eyJ', '1']])
  t.equal(issuer.count('/token/access'), 1)
})

t.test('a second sign-in never goes on with what belonged to the first', async (t) => {
  const { client, issuer, server, shop } = await issuerApiAndClient(t)
  await user(server, shop, 'bob')
  const { handler } = issuer

  await t.test('not with its token', async (t) => {
    await client.login('ada', PASSWORD)
    t.same(await client.get('/hello'), { hello: 'ada' })
    await client.login('bob', PASSWORD)
    t.same(await client.get('/hello'), { hello: 'bob' })
  })
  await t.test('not while a refresh of the first is under way', async (t) => {
    await client.login('ada', PASSWORD)
    await client.get('/hello')
    server.clock.now += 1000
    const late = gate(handler)
    issuer.handler = late.held
    const before = failure(client.get('/hello'))
    await late.first
    issuer.handler = handler
    await client.login('bob', PASSWORD)
    t.same(await client.get('/hello'), { hello: 'bob' })
    late.open()
    t.ok((await before) instanceof SignInNeeded, 'what ada began is not done as bob')
    t.same(await client.get('/hello'), { hello: 'bob' })
  })
  await t.test('not when the answer for the first comes last', async (t) => {
    const late = gate(handler)
    issuer.handler = late.held
    const first = failure(client.login('ada', PASSWORD))
    await late.first
    issuer.handler = handler
    await client.login('bob', PASSWORD)
    late.open()
    t.ok((await first) instanceof SignInNeeded)
    t.same(await client.get('/hello'), { hello: 'bob' })
  })
  await t.test('not when it fails: then nobody is signed in', async (t) => {
    await client.login('ada', PASSWORD)
    t.ok((await failure(client.login('bob', 'a-wrong-password'))) instanceof SignInNeeded)
    t.ok((await failure(client.get('/hello'))) instanceof SignInNeeded)
  })
  await t.test('not when the refresh of the first is refused', async (t) => {
    await client.login('ada', PASSWORD)
    const late = gate(status(401))
    issuer.handler = late.held
    const before = failure(client.get('/hello'))
    await late.first
    issuer.handler = handler
    await client.login('bob', PASSWORD)
    late.open()
    await before
    t.same(await client.get('/hello'), { hello: 'bob' }, 'that was no word about bob')
  })
})

t.test('a sign-out while a refresh is under way brings nobody back', async (t) => {
  const { client, issuer } = await issuerApiAndClient(t)
  await client.login('ada', PASSWORD)
  const { handler } = issuer
  const late = gate(handler)
  issuer.handler = late.held
  const before = failure(client.get('/hello'))
  await late.first
  issuer.handler = handler
  await client.logout()
  late.open()
  t.ok((await before) instanceof SignInNeeded)
  t.ok((await failure(client.get('/hello'))) instanceof SignInNeeded)
})

t.test('a sign-out while the issuer is away forgets all the same, and says so', async (t) => {
  const { client, issuer } = await issuerApiAndClient(t)
  await client.login('ada', PASSWORD)
  issuer.handler = status(503, { 'retry-after': '1' })
  const error = await failure(client.logout())
  t.ok(error instanceof IssuerError)
  t.equal(error.status, 503)
  t.ok((await failure(client.get('/hello'))) instanceof SignInNeeded)
})

t.test('no error of ours shows a token or a password', async (t) => {
  const { client, issuer, api } = await issuerApiAndClient(t)
  await client.login('ada', PASSWORD)
  await client.get('/hello')
  api.handler = status(401)
  issuer.handler = status(503)
  const errors = [
    await failure(client.get('/hello')),
    await failure(client.logout()),
    await failure(client.login('ada', PASSWORD)),
  ]
  for (const error of errors) {
    const { stack, cause } = error
    const said = `${stack} ${JSON.stringify(error)} ${cause?.stack}`
    t.notOk(said.includes(PASSWORD))
    t.notMatch(said, /eyJ/)
  }
})
