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
  const open = async (limits: object) => {
    const store = await openStore(master.url, { redis: { ...patient, ...limits } })
    t.teardown(() => store.close())
    return {
      accounts: await accounts.testAccounts({ store }),
      issuer: await issuer.testIssuer({ store }),
    }
  }
  const before = await open({ waitReplicas: 0 })
  const ada = await accounts.member(before.accounts)
  await issuer.user(before.issuer, await issuer.namespace(before.issuer))
  const { refresh_token } = await issuer.signIn(before.issuer)
  await issuer.administrator(before.issuer)
  const root = { username: 'root', password: accounts.PASSWORD }
  const { json } = await issuer.call(before.issuer, 'POST /admin/login', root)
  const asRoot = { headers: { authorization: `Bearer ${json.token}` } }

  const servers = await open({ waitReplicas: 1, commandMilliseconds: 600 })
  const signOuts: Record<string, () => Promise<{ status: number }>> = {
    'of a device': () =>
      accounts.call(servers.accounts, 'POST /logout', { token: ada.access_token, body: {} }),
    'of a user of an application': () =>
      issuer.call(servers.issuer, 'POST /token/revoke', { namespace: 'shop', refresh_token }),
    'of an administrator': () => issuer.call(servers.issuer, 'POST /admin/logout', {}, asRoot),
  }
  for (const [what, signOut] of Object.entries(signOuts))
    t.test(`a sign-out ${what} is not sure, however often it is asked for`, async (t) => {
      const both = await Promise.all([signOut(), signOut()])
      for (const { status } of both) t.equal(status, 503)
      t.equal((await signOut()).status, 503)
    })

  t.test('and when one does, it is', async (t) => {
    await startRedis(t, { replicaOf: master })
    for (const [what, signOut] of Object.entries(signOuts)) {
      let status = 503
      await until(async () => {
        status = (await signOut()).status
        return status !== 503
      }, 'an answer')
      t.equal(status, 200, what)
    }
  })
})
