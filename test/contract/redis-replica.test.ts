import t from 'tap'
import { openStore } from '../../example/store/open.ts'
import { patient, redisMissing, startRedis } from '../support/redis.ts'
import { inRedis } from './engine.ts'
import { recordStoreContract } from './record-store.ts'

t.test('Redis with a replica to wait for', { skip: redisMissing() }, async (t) => {
  const master = await startRedis(t)
  await startRedis(t, { replicaOf: master })
  const redis = { ...patient, waitReplicas: 1 }
  const engine = inRedis([master], () => openStore(master.url, { redis }))
  recordStoreContract(t, engine)
})
