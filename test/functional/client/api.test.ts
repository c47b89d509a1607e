import t, { type Test } from 'tap'
import { createApi } from '../../../example/client/api.ts'
import { createClient } from '../../../example/client/client.ts'
import { KeysUnavailable } from '../../../example/client/key-set.ts'
import { pageRoutes } from '../../../example/client/page.ts'
import { remoteVerifier } from '../../../example/client/verifier.ts'
import { TokenError } from '../../../example/token/errors.ts'
import type { TokenClaims } from '../../../example/token/types.ts'
import { PASSWORD } from '../../support/accounts.ts'
import { issuerApiAndClient, verifierOptions } from '../../support/client.ts'
import { keptEvents, NOW } from '../../support/fixtures.ts'
import { user } from '../../support/issuer.ts'
import { ask } from '../../support/mock-http.ts'

const routes = pageRoutes({ issuer: 'https://issuer.example/', namespace: 'shop' })

/** The API, whose verifier says what the test decides. */
function api(verify: () => Promise<TokenClaims>) {
  const { events, log } = keptEvents()
  const app = createApi({
    verify,
    allowedOrigins: ['https://page.example'],
    routes,
    now: () => NOW,
    log,
  })
  const get = (url: string, headers = {}) =>
    ask(app, { url, headers: { authorization: 'Bearer a.b.c', ...headers } })
  return { app, events, get }
}

const claims: TokenClaims = {
  iss: 'https://issuer.example/shop',
  sub: 'ada',
  aud: 'shop',
  iat: NOW,
  exp: NOW + 900,
  jti: '1',
  usr: 'ada',
  grp: [],
}

t.test('yes, no, and "cannot say"', async (t) => {
  const good = api(async () => claims)
  t.hasStrict(await good.get('/hello'), { status: 200, body: '{"hello":"ada"}' })

  const { app } = good
  const bare = { status: 401, headers: { 'www-authenticate': 'Bearer' } }
  t.hasStrict(await ask(app, { url: '/hello' }), bare, 'no token: no error code (RFC 6750 §3.1)')

  const refused = api(() => Promise.reject(new TokenError('expiry', 'it has expired')))
  t.hasStrict(await refused.get('/hello'), {
    status: 401,
    headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
    body: '{"error":"The token is not usable"}',
  })

  const unknown = api(() => Promise.reject(new KeysUnavailable('Cannot fetch the key set')))
  t.hasStrict(await unknown.get('/hello'), { status: 503, headers: { 'retry-after': '10' } })
  t.match(unknown.events, [{ level: 'error', fields: { reason: /Cannot fetch the key set/ } }])

  const broken = api(() => Promise.reject(new Error('inner details')))
  const answer = await broken.get('/hello')
  t.hasStrict(answer, { status: 500, body: '{"error":"Something went wrong on our side"}' })
  t.equal((await good.get('/nowhere')).status, 404)
})

t.test('a group decides about /staff', async (t) => {
  const staff = api(async () => ({ ...claims, grp: ['staff'] }))
  t.hasStrict(await staff.get('/staff'), { status: 200, body: '{"staff":"ada"}' })
  for (const grp of [[], 'staff', undefined])
    t.hasStrict(await api(async () => ({ ...claims, grp })).get('/staff'), {
      status: 403,
      headers: { 'www-authenticate': 'Bearer error="insufficient_scope"' },
    })
})

t.test('scripts of the named origin may call it, and of no other', async (t) => {
  const { get } = api(async () => claims)
  const named = await get('/hello', { origin: 'https://page.example' })
  t.equal(named.headers['access-control-allow-origin'], 'https://page.example')
  const other = await get('/hello', { origin: 'https://other.example' })
  t.equal(other.headers['access-control-allow-origin'], undefined)
})

t.test(
  'the page gets the client without its types, and may talk to the issuer alone',
  async (t) => {
    const { get } = api(async () => claims)
    const page = await get('/')
    t.match(
      page.headers['content-security-policy'],
      /script-src 'self'; style-src 'self'; img-src data:; connect-src 'self' https:\/\/issuer\.example;/,
    )
    t.match((await get('/page.js')).body, /import .* from '\.\/client\.js'/)
    const code = (await get('/client.js')).body
    t.match(code, /export function createClient\(options\)/)
    t.notMatch(code, /interface|: string/)
    const where = JSON.parse((await get('/where.json')).body)
    t.same(where, { issuer: 'https://issuer.example/', namespace: 'shop' })
  },
)

/** Calls on and on, while the work is done. */
async function traffic(t: Test, call: () => Promise<unknown>, work: () => Promise<unknown>) {
  let goesOn = true
  let calls = 0
  const callers = Array.from({ length: 4 }, async () => {
    while (goesOn) {
      await call()
      calls += 1
    }
  })
  await work()
  goesOn = false
  await Promise.all(callers)
  t.ok(calls > 10, `${calls} calls`)
}

t.test('keys change under traffic: not one 401', async (t) => {
  const { client, given, server, shop, apiUrl, issuer } = await issuerApiAndClient(t)
  await client.login('ada', PASSWORD)
  await user(server, shop, 'bob')
  const seen: number[] = []
  const counted: typeof fetch = async (url, init) => {
    const response = await fetch(url, init)
    if (String(url).startsWith(apiUrl)) seen.push(response.status)
    return response
  }
  /** Some keep their tokens, some come anew: with the key that signs by then. */
  const stays = createClient({ ...given, fetch: counted })
  await stays.login('ada', PASSWORD)
  const call = async () => {
    await stays.get('/hello')
    const comes = createClient({ ...given, fetch: counted })
    await comes.login('bob', PASSWORD)
    await comes.get('/hello')
  }
  await traffic(t, call, async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      await server.rotateKeys(shop)
      const before = seen.length
      while (seen.length < before + 8) await new Promise((resolve) => setImmediate(resolve))
      server.clock.now += 60
    }
  })
  t.same(new Set(seen), new Set([200]))
  t.ok(issuer.count('/shop/.well-known/jwks.json') < 10)
})

t.test('a key that is dropped: 401 as soon as the key set is fetched again', async (t) => {
  const { client, server, shop, api } = await issuerApiAndClient(t)
  const statuses: number[] = []
  const { handler } = api
  api.handler = async (req, res) => {
    const writeHead = res.writeHead.bind(res)
    await handler(req, {
      writeHead: (status, headers) => {
        statuses.push(status)
        return writeHead(status, headers)
      },
      end: (body) => res.end(body),
    })
  }
  await client.login('ada', PASSWORD)
  await client.get('/hello')
  const place = await server.findPlace('shop')
  await server.signingKeys.drop(shop, place.keys.current.kid, server.clock.now)
  server.clock.now += 300
  const error = await client.get('/hello').then(
    () => undefined,
    ({ name }) => name,
  )
  t.equal(error, 'SignInNeeded', 'the dropped key signed the refresh token, too')
  t.same(statuses, [200, 401])
  await client.login('ada', PASSWORD)
  t.same(await client.get('/hello'), { hello: 'ada' })
})

t.test('the issuer is away: known keys serve, and a new server says 503', async (t) => {
  const { client, issuer, server, api, url } = await issuerApiAndClient(t)
  await client.login('ada', PASSWORD)
  await client.get('/hello')
  issuer.handler = async (req) => void Object(req).socket.destroy()
  server.clock.now += 400
  t.same(await client.get('/hello'), { hello: 'ada' })

  const verify = remoteVerifier(verifierOptions(server, url))
  const now = () => server.clock.now
  api.handler = createApi({ verify, allowedOrigins: [], now, log: () => {} })
  await t.rejects(client.get('/hello'), { message: /status 503/ })
})
