import t from 'tap'
import { PASSWORD } from '../../support/accounts.ts'
import { administrator, call, signIn, testIssuer } from '../../support/issuer.ts'

t.test('an administrator makes an application, its users and its groups', async (t) => {
  const server = await testIssuer()
  const admin = await administrator(server, 'root')
  const made = await admin('namespaces/add', {
    name: 'shop',
    public_endpoint: true,
    sig_alg: 'HS256',
  })
  t.equal(made.status, 200)
  t.hasStrict(made.json, { name: 'shop', alg: 'HS256', public_endpoint: true, max_access_ttl: 900 })
  t.equal((await admin('namespaces/add', { name: 'shop' })).status, 409)
  await admin('groups/add', { namespace: 'shop', name: 'staff' })
  const ada = { namespace: 'shop', username: 'Ada', password: PASSWORD, groups: ['staff'] }
  t.same((await admin('users/add', ada)).json, {
    username: 'Ada',
    enabled: true,
    groups: ['staff'],
    organisations: [],
    created_at: server.clock.now,
  })
  const { refresh_token } = await signIn(server, 'shop', 'ada')
  const sessions = (await admin('sessions/all', { namespace: 'shop', username: 'ada' })).json
    .sessions
  t.equal(sessions.length, 1)
  await admin('users/change', { namespace: 'shop', username: 'ada', enabled: false })
  const refused = await call(server, 'POST /token/access', { namespace: 'shop', refresh_token })
  t.equal(refused.status, 401)
  t.match((await admin('keys/secret', { namespace: 'shop' })).json.secret, /^[\w-]{43}$/)
  t.equal((await admin('namespaces/delete', { namespace: 'shop' })).status, 200)
  t.equal(
    (await call(server, 'POST /token/access', { namespace: 'shop', refresh_token })).status,
    404,
  )
})
