import t from 'tap'
import { openStore } from '../../example/store/open.ts'
import { patient, redisMissing } from '../support/redis.ts'
import { startRedisCluster } from '../support/redis-cluster.ts'
import { inRedis } from './engine.ts'
import { recordStoreContract } from './record-store.ts'

t.test('a Redis Cluster of three masters', { skip: redisMissing() }, async (t) => {
  const { url, masters } = await startRedisCluster(t)
  for (const waitReplicas of [0, 1]) {
    const redis = { ...patient, waitReplicas }
    t.test(`with ${waitReplicas} replicas to wait for`, async (t) => {
      const engine = inRedis(masters, () => openStore(url, { redis }))
      recordStoreContract(t, engine)
    })
  }
})
