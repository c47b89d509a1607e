import t from 'tap'
import { openStore } from '../../example/store/open.ts'
import { patient, redisMissing, startRedis } from '../support/redis.ts'
import { startSentinel } from '../support/redis-sentinel.ts'
import { inRedis } from './engine.ts'
import { recordStoreContract } from './record-store.ts'

t.test('Redis behind three sentinels', { skip: redisMissing() }, async (t) => {
  const master = await startRedis(t, { password: 'of-redis-for-tests-7kD' })
  const sentinels = await startSentinel(t, { master, count: 3 })
  const engine = inRedis([master], () => openStore(sentinels.url, { redis: patient }))
  recordStoreContract(t, engine)
})
