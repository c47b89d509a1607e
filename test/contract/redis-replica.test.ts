import t from 'tap'
import { openStore } from '../../example/store/open.ts'
import { redisMissing, startRedis } from '../support/redis.ts'
import { recordStoreContract } from './record-store.ts'

t.test('Redis with a replica to wait for', { skip: redisMissing() }, async (t) => {
  const master = await startRedis(t)
  await startRedis(t, { replicaOf: master })
  const redis = { connectMilliseconds: 5000, commandMilliseconds: 5000, waitReplicas: 1 }
  recordStoreContract(t, {
    async place() {
      await master.command('FLUSHALL')
      return () => openStore(master.url, { redis })
    },
    sweeps: false,
    persists: true,
  })
})
