// S119. A sign-out that no replica has confirmed is lost with its master. Whoever asks again is told that it is done only when
// one has: a click that comes twice must not turn "nobody knows" into "yes".
import t from 'tap'
import { openStore } from '../../example/store/open.ts'
import * as accounts from '../support/accounts.ts'
import * as issuer from '../support/issuer.ts'
import { patient, redisMissing, startRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'

t.test('while no replica confirms', { skip: redisMissing() }, async (t) => {
  const master = await startRedis(t)
  const replica = await startRedis(t, { replicaOf: master })
  const redis = { ...patient, commandMilliseconds: 600, waitReplicas: 1 }
  const store = await openStore(master.url, { redis })
  t.teardown(() => store.close())

  const accountsServer = await accounts.testAccounts({ store })
  const issuerServer = await issuer.testIssuer({ store })
  const shop = await issuer.namespace(issuerServer)
  await issuer.user(issuerServer, shop)
  await issuer.administrator(issuerServer)
  const ada = await accounts.member(accountsServer)
  const { refresh_token } = await issuer.signIn(issuerServer)
  const root = await issuer.call(issuerServer, 'POST /admin/login', {
    username: 'root',
    password: accounts.PASSWORD,
  })
  const asRoot = { headers: { authorization: `Bearer ${root.json.token}` } }

  const signOuts: Record<string, () => Promise<{ status: number }>> = {
    'of a device': () =>
      accounts.call(accountsServer, 'POST /logout', { token: ada.access_token, body: {} }),
    'of a user of an application': () =>
      issuer.call(issuerServer, 'POST /token/revoke', { namespace: 'shop', refresh_token }),
    'of an administrator': () => issuer.call(issuerServer, 'POST /admin/logout', {}, asRoot),
  }
  replica.pause()
  for (const [what, signOut] of Object.entries(signOuts))
    t.test(`a sign-out ${what} is not sure, however often it is asked for`, async (t) => {
      const twice = await Promise.all([signOut(), signOut()])
      t.strictSame(
        twice.map(({ status }) => status),
        [503, 503],
      )
      t.equal((await signOut()).status, 503)
    })

  t.test('and when one does, it is', async (t) => {
    replica.resume()
    for (const [what, signOut] of Object.entries(signOuts)) {
      await until(async () => (await signOut()).status !== 503, 'an answer')
      t.equal((await signOut()).status, 200, what)
    }
  })
})
