import t from 'tap'
import { openStore } from '../../example/store/open.ts'
import { patient, redisMissing } from '../support/redis.ts'
import { startRedisCluster } from '../support/redis-cluster.ts'
import { signIn, signOut, visit } from './client.ts'
import { leave, owners, replicasConfirm, statusOf, visitors } from './on-cluster.ts'
import { serverOn } from './on-redis.ts'
import { ask } from './outage.ts'

// S45. As two-servers.test.ts, with the records spread over three masters.

t.test('two servers on one Cluster', { skip: redisMissing() }, async (t) => {
  const cluster = await startRedisCluster(t)
  await replicasConfirm(cluster)
  const settings = { REDIS_WAIT_REPLICAS: '1' }
  const [here, there] = await Promise.all([
    serverOn(t, cluster, settings),
    serverOn(t, cluster, settings),
  ])
  const store = await openStore(cluster.url, { redis: patient })
  t.teardown(() => store.close())

  t.test('who signs in on one is signed in on the other', async (t) => {
    t.equal(await visit(there.url, await signIn(here.url)), 200)
    t.equal(await visit(here.url, await signIn(there.url)), 200)
  })

  t.test('who signs out on one is signed out on both at once, on every master', async (t) => {
    const everybody = await visitors(store, owners(20))
    const masters = await Promise.all(everybody.map(({ record }) => cluster.masterOf(record)))
    t.equal(new Set(masters).size, 3)
    for (const visitor of everybody) {
      t.equal(await statusOf(here.url, '/private', visitor), 200)
      t.equal(await leave(there.url, visitor), 200)
      const after = [here, there].map(({ url }) => statusOf(url, '/private', visitor))
      t.strictSame(await Promise.all(after), [401, 401])
      t.equal(await leave(here.url, visitor), 401, 'and has nothing left to sign out of')
    }
  })

  t.test('of 50 that sign out at once over both one is told that it did', async (t) => {
    for (let round = 0; round < 5; round += 1) {
      const token = await signIn(here.url)
      const racers = Array.from({ length: 25 }, () => [here, there]).flat()
      const statuses = await Promise.all(racers.map(({ url }) => signOut(url, token)))
      t.strictSame(statuses.sort(), [200, ...Array<number>(49).fill(401)])
    }
  })

  t.test('/health names the engine', async (t) => {
    for (const { url } of [here, there]) {
      const { status, body } = await ask(`${url}/health`)
      t.equal(status, 200)
      t.equal(body, '{"status":"ok","store":"redis-cluster"}')
    }
  })
})
