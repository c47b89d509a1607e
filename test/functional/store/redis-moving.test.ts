import { Cluster, Redis } from 'ioredis'
import t from 'tap'
import { lookUp, sendAgainIfMoved } from '../../../example/store/redis-moving.ts'

// What nodes say is word for word from Redis 7.0; when they say so is hard to arrange. The tests with a real
// Cluster, whose slots move while it is asked, are in test/integration.

const moving = {
  'the node has given it away': 'MOVED 16 127.0.0.1:7001',
  'the node gives it away just now': 'ASK 16 127.0.0.1:7001',
  'half of the keys have gone': 'TRYAGAIN Multiple keys request during rehashing of slot',
  'the client does not know yet':
    'All keys in the pipeline should belong to the same slots allocation group',
}
const otherwise = ['Connection is closed.', 'CLUSTERDOWN The cluster is down', 'OOM MOVED']

const name = 'session:{ada}:1'

/** A client of which nothing is real but its kind: it says one thing in a batch, another thing alone. */
function clientOf(
  kind: 'Cluster' | 'Redis',
  said: { batch?: string | null | Error; alone?: string },
) {
  const asked: string[] = []
  const answers = {
    async get(key: string) {
      asked.push(`GET ${key}`)
      if (said.batch instanceof Error) throw said.batch
      return said.batch ?? null
    },
    async mget(keys: string[]) {
      asked.push(`MGET ${keys}`)
      return [said.alone ?? null]
    },
  }
  const client =
    kind === 'Redis'
      ? new Redis({ lazyConnect: true })
      : new Cluster([{ port: 1 }], { lazyConnect: true })
  return { client: Object.assign(client, answers), asked }
}

const get = `GET ${name}`
const mget = `MGET ${name}`

t.test('lookUp()', async (t) => {
  t.test('one server is asked once, whatever it says', async (t) => {
    for (const batch of ['value', null]) {
      const { client, asked } = clientOf('Redis', { batch, alone: 'other' })
      t.equal(await lookUp(client, name), batch)
      t.strictSame(asked, [get])
    }
  })

  t.test('what a Cluster has found is there', async (t) => {
    const { client, asked } = clientOf('Cluster', { batch: 'value' })
    t.equal(await lookUp(client, name), 'value')
    t.strictSame(asked, [get])
  })

  t.test(
    'what a batch did not find is looked for alone: it may have come to the wrong node',
    async (t) => {
      for (const alone of ['value', undefined]) {
        const { client, asked } = clientOf('Cluster', { batch: null, ...(alone && { alone }) })
        t.equal(await lookUp(client, name), alone ?? null)
        t.strictSame(asked, [get, mget])
      }
    },
  )

  for (const [what, message] of Object.entries(moving)) {
    t.test(`${what}: it is looked for alone`, async (t) => {
      const { client, asked } = clientOf('Cluster', { batch: new Error(message), alone: 'value' })
      t.equal(await lookUp(client, name), 'value')
      t.strictSame(asked, [get, mget])
    })
  }

  t.test('any other failure is one', async (t) => {
    for (const message of otherwise) {
      const batch = new Error(message)
      const { client, asked } = clientOf('Cluster', { batch, alone: 'value' })
      t.equal(await lookUp(client, name).catch((error: unknown) => error), batch)
      t.strictSame(asked, [get])
    }
  })
})

t.test('sendAgainIfMoved()', async (t) => {
  /** What comes of a write that is answered so, one after the other. */
  async function send(...answers: unknown[]) {
    const { client, asked } = clientOf('Cluster', {})
    const outcome = await sendAgainIfMoved(client, name, async () => {
      asked.push('write')
      const answer = answers.shift()
      if (answer instanceof Error) throw answer
      return answer
    }).catch((error: unknown) => error)
    return { outcome, asked }
  }

  t.test('a write that was done is not sent again', async (t) => {
    t.strictSame(await send(1), { outcome: 1, asked: ['write'] })
  })

  for (const [what, message] of Object.entries(moving)) {
    t.test(`${what}: the way is found by a look, and it is sent again`, async (t) => {
      const sent = await send(new Error(message), 1)
      t.strictSame(sent, { outcome: 1, asked: ['write', mget, 'write'] })
    })
  }

  t.test('it is not sent a third time', async (t) => {
    const last = new Error('ASK 16 127.0.0.1:7002')
    const { outcome, asked } = await send(new Error('MOVED 16 127.0.0.1:7001'), last, 1)
    t.equal(outcome, last)
    t.strictSame(asked, ['write', mget, 'write'])
  })

  t.test('nothing else is sent twice: it may have been done', async (t) => {
    for (const answer of [...otherwise.map((message) => new Error(message)), 'no error']) {
      const { outcome, asked } = await send(answer, 1)
      t.equal(outcome, answer)
      t.strictSame(asked, ['write'])
    }
  })
})
