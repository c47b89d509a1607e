import t from 'tap'
import { openStore } from '../../example/store/open.ts'
import { patient, redisMissing, startRedis } from '../support/redis.ts'
import { inRedis } from './engine.ts'
import { recordStoreContract } from './record-store.ts'

t.test('Redis, one server', { skip: redisMissing() }, async (t) => {
  const redis = await startRedis(t)
  const engine = inRedis([redis], () => openStore(redis.url, { redis: patient }))
  recordStoreContract(t, engine)
})
