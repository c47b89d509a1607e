import { Cluster } from 'ioredis'
import t from 'tap'
import { sendAgainIfMoved } from '../../../../example/store/redis/moving.ts'
import { moving, otherwise } from './moving.ts'

const name = 'session:{ada}:1'
const mget = `MGET ${name}`

t.test('sendAgainIfMoved()', async (t) => {
  /** What comes of a write that is answered so, one after the other. */
  async function send(...answers: unknown[]) {
    const asked: string[] = []
    const client = Object.assign(new Cluster([{ port: 1 }], { lazyConnect: true }), {
      async mget(keys: string[]) {
        asked.push(`MGET ${keys}`)
        return [null]
      },
    })
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
