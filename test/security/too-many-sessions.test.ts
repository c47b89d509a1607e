// S52, S107: who knows a password can sign in again and again. That must not fill the store.
import t from 'tap'
import { PASSWORD } from '../support/accounts.ts'
import { formType, signInForm, testApp } from '../support/fixtures.ts'
import { application, call, namespace, testIssuer, user } from '../support/issuer.ts'
import { ask } from '../support/mock-http.ts'
import { stoppedTime } from '../support/time.ts'

async function server(environment: Record<string, string>) {
  const { app, store } = await testApp({ environment })
  const signIn = (remoteAddress = '192.0.2.1') =>
    ask(app, { method: 'POST', url: '/auth', headers: formType, body: signInForm, remoteAddress })
  const visit = async (authorization = '') =>
    (await ask(app, { url: '/private', headers: { authorization } })).status
  const count = async () => {
    let records = 0
    for await (const { id } of store.list('session', 'masterbuilder')) records += id === '' ? 0 : 1
    return records
  }
  return { app, store, signIn, visit, count }
}

t.test('right sign-ins are counted, too, for each address', async (t) => {
  stoppedTime(t)
  const { signIn, count } = await server({ SIGN_INS_PER_MINUTE: '3' })
  for (let round = 0; round < 3; round += 1) t.equal((await signIn()).status, 200)
  const refused = await signIn()
  t.equal(refused.status, 429)
  t.equal(
    refused.body,
    'Cannot sign you in: too many sign-ins came from your address. Try again in 60 seconds\n',
  )
  t.equal(await count(), 3, 'and begin nothing')
  t.equal((await signIn('192.0.2.2')).status, 200, 'another address has its own count')
})

t.test('a user has so many sessions and no more: the oldest ends', async (t) => {
  const { signIn, visit, count } = await server({ SESSIONS_PER_USER: '3' })
  const tokens = []
  for (let round = 0; round < 5; round += 1) tokens.push((await signIn()).headers.authorization)
  t.equal(await count(), 3)
  t.equal(await visit(tokens.at(-1)), 200, 'the newest is live')
  const statuses = await Promise.all(tokens.map((token) => visit(token)))
  t.equal(statuses.filter((status) => status === 200).length, 3)
})

t.test('a limit of 0 is none', async (t) => {
  const { signIn, count } = await server({ SESSIONS_PER_USER: '0' })
  for (let round = 0; round < 5; round += 1) await signIn()
  t.equal(await count(), 5)
})

t.test('a user of a namespace has so many sign-ins: one more ends the oldest', async (t) => {
  const server = await testIssuer({ environment: { SESSIONS_PER_USER: '2' } })
  const shop = await namespace(server, 'shop')
  for (const name of ['ada', 'bob']) await user(server, shop, name)
  await user(server, await namespace(server, 'club'))
  const signIn = async (where = 'shop', username = 'ada') => {
    server.clock.now += 1
    const given = { namespace: where, username, password: PASSWORD }
    return (await call(server, 'POST /token/refresh', given)).json.token
  }
  const use = async (refresh_token: string, where = 'shop') =>
    (await call(server, 'POST /token/access', { namespace: where, refresh_token })).status
  const others = [await signIn('club'), await signIn('shop', 'bob')]
  const [first, second] = [await signIn(), await signIn()]
  server.clock.now += 1
  const exchange = { namespace: 'shop', refresh_token: first }
  const { json } = await call(server, 'POST /token/refresh-access', exchange)
  const third = await signIn()
  t.equal(await use(second), 401)
  t.same([await use(json.refresh_token), await use(third)], [200, 200], 'one in use is newer')
  await call(server, 'POST /token/revoke', { namespace: 'shop', refresh_token: third })
  const fourth = await signIn()
  t.same(
    [await use(json.refresh_token), await use(fourth)],
    [200, 200],
    'what has ended goes first',
  )
  t.same([await use(others[0], 'club'), await use(others[1])], [200, 200], 'nobody else is meant')
})

t.test('an application has so many grants, and a tenth more', async (t) => {
  const server = await testIssuer({ environment: { GRANTS_PER_APPLICATION: '20' } })
  const robot = await application(server, 'robot')
  const tokens: string[] = []
  for (let round = 0; round < 30; round += 1) {
    server.clock.now += 1
    tokens.push((await robot('POST /issue_token', {})).json.refresh_token)
  }
  const statuses: number[] = []
  for (const refresh_token of tokens)
    statuses.push((await robot('POST /renew_token', { refresh_token })).status)
  const live = statuses.filter((status) => status === 201).length
  t.equal(live, 21, 'one more, since they are counted at every second one')
  t.same(statuses, [...Array(30 - live).fill(401), ...Array(live).fill(201)], 'the newest')
})
