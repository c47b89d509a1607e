import t from 'tap'
import { openStore } from '../../example/store/open.ts'
import { redisMissing, startRedis } from '../support/redis.ts'
import { recordStoreContract } from './record-store.ts'

t.test('Redis, one server', { skip: redisMissing() }, async (t) => {
  const redis = await startRedis(t)
  recordStoreContract(t, {
    async place() {
      await redis.command('FLUSHALL')
      return () => openStore(redis.url)
    },
    sweeps: false,
    persists: true,
  })
})
