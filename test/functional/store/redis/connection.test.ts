import { once } from 'node:events'
import { createServer } from 'node:net'
import t, { type Test } from 'tap'
import { patient, redisMissing, startRedis } from '../../../support/redis.ts'
import { until } from '../../../support/until.ts'
import { key, opened } from '../opened.ts'

// Who runs the server hears when its store is gone, and when it is there again: once each.

const wrapped = { skip: redisMissing() }

async function start(t: Test, url: string) {
  const states: string[] = []
  const store = await opened(t, url, {
    redis: { ...patient, commandMilliseconds: 300 },
    onConnection: (state) => states.push(state),
  })
  const answers = async () => {
    await store.get(key)
    return true
  }
  return { store, states, answers }
}

t.test('a connection that was never lost is not worth a word', wrapped, async (t) => {
  const redis = await startRedis(t)
  const { store, states, answers } = await start(t, redis.url)
  await answers()
  await store.close()
  await redis.end()
  t.strictSame(states, [], 'nor is one that we closed ourselves')
})

t.test('lost, and back', wrapped, async (t) => {
  t.test('are said once each, whatever number of attempts is between them', async (t) => {
    const redis = await startRedis(t)
    const { states, answers } = await start(t, redis.url)
    for (let outage = 1; outage <= 2; outage += 1) {
      await redis.end('SIGKILL')
      await attemptsAt(redis.port, 3)
      t.strictSame(states, [
        ...Array(outage - 1)
          .fill(['lost', 'back'])
          .flat(),
        'lost',
      ])
      await redis.restart()
      await until(answers, 'the store is there again')
      t.strictSame(states, Array(outage).fill(['lost', 'back']).flat())
    }
  })

  t.test('are said of a server that hangs, too', async (t) => {
    const redis = await startRedis(t)
    const { states, answers } = await start(t, redis.url)
    redis.pause()
    t.not(await answers().catch(() => 'nothing'), true)
    await until(() => states.includes('lost'), 'the connection is given up')
    redis.resume()
    await until(answers, 'the store is there again')
    t.strictSame(states, ['lost', 'back'])
  })
})

t.test('a store that is closed while it is lost tries no more', wrapped, async (t) => {
  const redis = await startRedis(t)
  const { store, states } = await start(t, redis.url)
  await redis.end('SIGKILL')
  await until(() => states.length === 1, 'lost')
  await store.close()
  const waits = () => process.getActiveResourcesInfo().includes('Timeout')
  await until(() => !waits(), 'no attempt is planned')
  t.strictSame(states, ['lost'])
})

/** Resolves when so many connections have been tried at a port, all of them in vain. */
async function attemptsAt(port: number, count: number): Promise<void> {
  let tried = 0
  const server = createServer((socket) => {
    tried += 1
    socket.destroy()
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  await until(() => tried >= count, `${count} attempts`)
  server.close()
  await once(server, 'close')
}
