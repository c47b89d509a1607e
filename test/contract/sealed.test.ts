import { createSecretKey, randomBytes } from 'node:crypto'
import t from 'tap'
import { openStore } from '../../example/store/open.ts'
import { sealed } from '../../example/store/sealed.ts'
import { patient, redisMissing, startRedis } from '../support/redis.ts'
import { inLevel, inMemory, inRedis } from './engine.ts'
import { recordStoreContract } from './record-store.ts'

const dataKey = createSecretKey(randomBytes(32))
const openSealed = async (url: string) => sealed(await openStore(url, { redis: patient }), dataKey)

t.test('sealed in memory', async (t) => recordStoreContract(t, inMemory(openSealed)))

t.test('sealed in LevelDB', async (t) => recordStoreContract(t, inLevel(openSealed)))

t.test('sealed in Redis', { skip: redisMissing() }, async (t) => {
  const redis = await startRedis(t)
  const engine = inRedis([redis], () => openSealed(redis.url))
  recordStoreContract(t, engine)
})
