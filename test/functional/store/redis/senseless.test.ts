import { Redis } from 'ioredis'
import t from 'tap'
import { RedisStore } from '../../../../example/store/redis/store.ts'
import { codeOf, key } from '../opened.ts'

// A Redis that answers what no Redis answers: nobody knows, and nobody is told yes or no.

/** A store on a client that is not connected, and answers only what it is told here. */
function storeThatHears(answer: unknown, waitReplicas = 0): RedisStore {
  const client = Object.assign(new Redis({ lazyConnect: true }), {
    mget: async () => answer,
    get: async () => null,
    set: async () => answer,
    call: async () => answer,
    pipeline: () => ({
      exec: async () => [
        [null, answer],
        [null, 1],
      ],
    }),
  })
  return new RedisStore(client as Redis, {
    commandMilliseconds: 1000,
    waitReplicas,
    durableClient: client as Redis,
  })
}

for (const answer of ['+', 2, null, undefined, [], ['a', 'b'], {}]) {
  t.test(`the answer ${JSON.stringify(answer)}`, async (t) => {
    const store = storeThatHears(answer)
    t.equal(await codeOf(store.get(key)), 'unavailable', 'is no record, and not the lack of one')
    t.equal(await codeOf(store.insert(key, 'value')), 'unavailable', 'is no new record')
    t.equal(await codeOf(store.replace(key, 'a', 'b')), 'unavailable', 'is nothing replaced')
    t.equal(await codeOf(store.ping()), 'unavailable', 'is no sign of health')
    const durable = storeThatHears(answer, 1).replace(key, 'a', 'b', { durable: true })
    t.equal(await codeOf(durable), 'unavailable', 'is nothing that a replica could have')
  })
}

t.test('of ten thousand commands without an answer the next is refused at once', async (t) => {
  let answered = () => {}
  const answer = new Promise<number>((resolve) => {
    answered = () => resolve(1)
  })
  const client = Object.assign(new Redis({ lazyConnect: true }), { call: () => answer })
  const options = { commandMilliseconds: 60_000, waitReplicas: 0, durableClient: client as Redis }
  const store = new RedisStore(client as Redis, options)
  const waiting = Array.from({ length: 10_000 }, () => store.insert(key, 'value'))
  t.equal(await codeOf(store.insert(key, 'value')), 'timeout')
  answered()
  await Promise.all(waiting)
  t.equal(await store.insert(key, 'value'), true, 'when they are answered, it goes on')
})
