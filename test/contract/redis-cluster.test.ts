import t from 'tap'
import { openStore } from '../../example/store/open.ts'
import { redisMissing } from '../support/redis.ts'
import { startRedisCluster } from '../support/redis-cluster.ts'
import { recordStoreContract } from './record-store.ts'

t.test('a Redis Cluster of three masters', { skip: redisMissing() }, async (t) => {
  const cluster = await startRedisCluster(t)
  const limits = { connectMilliseconds: 5000, commandMilliseconds: 5000 }
  for (const waitReplicas of [0, 1]) {
    t.test(`with ${waitReplicas} replicas to wait for`, async (t) => {
      recordStoreContract(t, {
        async place() {
          await Promise.all(cluster.masters.map((master) => master.command('FLUSHALL')))
          return () => openStore(cluster.url, { redis: { ...limits, waitReplicas } })
        },
        sweeps: false,
        persists: true,
      })
    })
  }
})
