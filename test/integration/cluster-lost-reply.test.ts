import t from 'tap'
import { openStore } from '../../example/store/open.ts'
import { redisMissing } from '../support/redis.ts'
import { startRedisCluster } from '../support/redis-cluster.ts'
import { until } from '../support/until.ts'

// A write whose reply was lost may have been done. Who sends it again is told "taken" or "someone was faster",
// by itself: a sign-out that worked would be answered with 401.

const key = { kind: 'session', owner: 'ada', id: '1' }
const record = 'session:{ada}:1'

t.test('a write whose reply was lost is not sent again', { skip: redisMissing() }, async (t) => {
  const cluster = await startRedisCluster(t, { masters: 3, replicas: 0 })
  const store = await openStore(cluster.url)
  t.teardown(() => store.close())
  await store.insert(key, 'live')
  const master = await cluster.masterOf(record)

  for (let round = 0; round < 3; round += 1) {
    master.pause()
    // The first is on its way when the connection is given up, and takes the second with it.
    const lost = store.get(key).catch(({ code }) => code)
    await new Promise((resolve) => setTimeout(resolve, 300))
    const replaced = store.replace(key, 'live', 'ended').catch(({ code }) => code)
    t.match(await lost, /down|timeout/)
    master.resume()
    t.not(await replaced, false, 'nobody was faster: it is done, or nobody knows')
    await until(
      async () => (await store.get(key).catch(() => 'unknown')) !== 'unknown',
      'it is back',
    )
    if ((await store.get(key)) === 'ended') await store.replace(key, 'ended', 'live')
  }
})
