import { createSecretKey, randomBytes } from 'node:crypto'
import t from 'tap'
import { openStore } from '../../example/store/open.ts'
import { sealed } from '../../example/store/sealed.ts'
import { temporaryFolder } from '../support/folder.ts'
import { redisMissing, startRedis } from '../support/redis.ts'
import { recordStoreContract } from './record-store.ts'

const dataKey = createSecretKey(randomBytes(32))
const openSealed = async (url: string) => sealed(await openStore(url), dataKey)

t.test('sealed in memory', async (t) => {
  recordStoreContract(t, {
    place: () => () => openSealed('memory:'),
    sweeps: true,
    persists: false,
  })
})

t.test('sealed in LevelDB', async (t) => {
  recordStoreContract(t, {
    place(t) {
      const folder = temporaryFolder(t)
      return () => openSealed(`level:${folder}/records`)
    },
    sweeps: true,
    persists: true,
  })
})

t.test('sealed in Redis', { skip: redisMissing() }, async (t) => {
  const redis = await startRedis(t)
  recordStoreContract(t, {
    async place() {
      await redis.command('FLUSHALL')
      return () => openSealed(redis.url)
    },
    sweeps: false,
    persists: true,
  })
})
