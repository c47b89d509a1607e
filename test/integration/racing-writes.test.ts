import { spawn } from 'node:child_process'
import { once } from 'node:events'
import t, { type Test } from 'tap'
import { openStore } from '../../example/store/open.ts'
import { patient, type RedisServer, redisMissing, startRedis } from '../support/redis.ts'
import { signIn, signOut } from './client.ts'
import { processOn } from './on-redis.ts'

// Compare-and-set in one process can be a queue in its memory. Between processes only Redis can do it.

const skip = redisMissing()
const rounds = 5

t.test(
  `of 50 that sign out at once over two servers one is told that it did`,
  { skip },
  async (t) => {
    const redis = await startRedis(t)
    const servers = await Promise.all([processOn(t, redis), processOn(t, redis)])
    for (let round = 0; round < rounds; round += 1) {
      const token = await signIn(servers[0].url)
      const racers = Array.from({ length: 25 }, () => servers).flat()
      const statuses = await Promise.all(racers.map(({ url }) => signOut(url, token)))
      t.same(statuses.sort(), [200, ...Array<number>(49).fill(401)])
    }
  },
)

t.test('50 racing writes from two processes', { skip }, async (t) => {
  const redis = await startRedis(t)
  const store = await openStore(redis.url, { redis: patient })
  t.teardown(() => store.close())
  const racers = await Promise.all([racer(t, redis), racer(t, redis)])

  for (const write of ['replace', 'insert', 'remove'] as const) {
    t.test(`of 50 that ${write} one record exactly one wins`, async (t) => {
      for (let round = 0; round < rounds; round += 1) {
        const key = { kind: 'race', owner: 'ada', id: `${write}-${round}` }
        if (write !== 'insert') await store.insert(key, 'the first text')
        const won = (await Promise.all(racers.map((race) => race({ write, key })))).flat()
        const winner = won.length === 1 ? won[0] : `${won.length} winners: ${won}`
        t.match(winner, /^text of \d+ \d+$/)
        if (write !== 'remove') t.equal(await store.get(key), winner, 'and its text stands')
      }
    })
  }
})

// The texts of the writes that were told `true`, out of 25 that one process starts at once.
const program = `
import { openStore } from '${new URL('../../example/store/open.ts', import.meta.url)}'
const store = await openStore(process.env.STORE_URL, { redis: ${JSON.stringify(patient)} })
process.on('message', async ({ write, key }) => {
  const texts = Array.from({ length: 25 }, (_, n) => 'text of ' + process.pid + ' ' + n)
  const writes = {
    insert: (text) => store.insert(key, text),
    replace: (text) => store.replace(key, 'the first text', text),
    remove: () => store.remove(key),
  }
  const outcomes = await Promise.all(texts.map(writes[write]))
  process.send(texts.filter((_, n) => outcomes[n]))
})
process.send('ready')
`

interface Race {
  write: 'insert' | 'replace' | 'remove'
  key: { kind: string; owner: string; id: string }
}

/** A process that writes when it is told to. */
async function racer(t: Test, redis: RedisServer): Promise<(race: Race) => Promise<string[]>> {
  const { PATH = '' } = process.env
  const loader = `--import=${import.meta.resolve('../../example/typescript.mjs')}`
  const child = spawn(process.execPath, [loader, '--input-type=module', '--eval', program], {
    env: { PATH, STORE_URL: redis.url },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  t.teardown(() => child.kill('SIGKILL'))
  await once(child, 'message')
  return async (race) => {
    child.send(race)
    const [texts] = await once(child, 'message')
    return texts
  }
}
