import { Cluster, Redis } from 'ioredis'
import t from 'tap'
import { RecordDamaged } from '../../../../example/store/errors.ts'
import { Bounded } from '../../../../example/store/redis/bounded.ts'
import { createLookUp } from '../../../../example/store/redis/look-up.ts'
import { moving, otherwise } from './moving.ts'

const name = 'session:{ada}:1'

/** A client of which nothing is real but its kind: it says one thing to GET, and another to MGET. */
function lookUpOn(kind: 'Cluster' | 'Redis', said: { get?: string | Error; mget?: string }) {
  const asked: string[] = []
  const answers = {
    async get(key: string) {
      asked.push(`GET ${key}`)
      if (said.get instanceof Error) throw said.get
      return said.get ?? null
    },
    async mget(keys: string[]) {
      asked.push(`MGET ${keys}`)
      return keys.map(() => said.mget ?? null)
    },
  }
  const client =
    kind === 'Redis'
      ? new Redis({ lazyConnect: true })
      : new Cluster([{ port: 1 }], { lazyConnect: true })
  const lookUp = createLookUp(Object.assign(client, answers), new Bounded(1000))
  return { lookUp, asked }
}

const get = `GET ${name}`
const mget = `MGET ${name}`

t.test('on one server', async (t) => {
  t.test('who asks in one turn of the event loop travels together', async (t) => {
    const { lookUp, asked } = lookUpOn('Redis', { mget: 'value' })
    t.strictSame(await Promise.all(['a', 'b', 'a'].map(lookUp)), ['value', 'value', 'value'])
    t.strictSame(asked, ['MGET a,b,a'])
  })

  t.test('what a batch did not find is asked alone: GET knows what MGET hides', async (t) => {
    const { lookUp, asked } = lookUpOn('Redis', {})
    t.equal(await lookUp(name), null)
    t.strictSame(asked, [mget, get])

    const wrongType = new Error('WRONGTYPE Operation against a key holding the wrong kind of value')
    const { lookUp: lookAtIt } = lookUpOn('Redis', { get: wrongType })
    await t.rejects(lookAtIt(name), new RecordDamaged())
  })
})

t.test('on a Cluster', async (t) => {
  t.test('what was found is there', async (t) => {
    const { lookUp, asked } = lookUpOn('Cluster', { get: 'value' })
    t.equal(await lookUp(name), 'value')
    t.strictSame(asked, [get])
  })

  t.test(
    'what a batch did not find is looked for alone: it may have come to the wrong node',
    async (t) => {
      for (const there of ['value', undefined]) {
        const { lookUp, asked } = lookUpOn('Cluster', there === undefined ? {} : { mget: there })
        t.equal(await lookUp(name), there ?? null)
        t.strictSame(asked, [get, mget])
      }
    },
  )

  for (const [what, message] of Object.entries(moving)) {
    t.test(`${what}: it is looked for alone`, async (t) => {
      const { lookUp, asked } = lookUpOn('Cluster', { get: new Error(message), mget: 'value' })
      t.equal(await lookUp(name), 'value')
      t.strictSame(asked, [get, mget])
    })
  }

  t.test('any other failure is one', async (t) => {
    for (const message of otherwise) {
      const failure = new Error(message)
      const { lookUp, asked } = lookUpOn('Cluster', { get: failure, mget: 'value' })
      const { cause } = await lookUp(name).catch((error) => error)
      t.equal(cause, failure)
      t.strictSame(asked, [get])
    }
  })
})
