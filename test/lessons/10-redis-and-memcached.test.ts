import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import t from 'tap'
import { createClient } from '../../example/store/redis/client.ts'
import { RedisStore } from '../../example/store/redis/store.ts'
import checks from '../../lessons/10-redis-and-memcached/check.ts'
import * as exercise from '../../lessons/10-redis-and-memcached/exercise.ts'
import * as solution from '../../lessons/10-redis-and-memcached/solution.ts'
import type { SessionStore } from '../../lessons/session-store/types.ts'
import { environment } from '../support/environment.ts'
import { redisMissing, startRedis } from '../support/redis.ts'
import { alsoRefused } from './also-refused.ts'
import { asInTheApp } from './as-in-the-app.ts'
import { prove } from './prove.ts'
import { learnersRead } from './what-learners-read.ts'

type Lesson = typeof solution

const { firstStep, decision, connect } = solution
const keyOf = (id: string) => `session:${id}`

/** The record says that it has ended, until its token has expired. Commands may queue, and have half a second. */
const ended: Lesson = {
  firstStep,
  decision,
  connect: (address) => new Redis({ ...address, commandTimeout: 500 }),
  createSessions: (redis) => ({
    async start(_subject, lifetimeSeconds, now) {
      const id = randomUUID()
      await redis.set(keyOf(id), 'live', 'EXAT', now + lifetimeSeconds, 'NX')
      return id
    },
    isLive: async (id) => (await redis.get(keyOf(id))) === 'live',
    end: async (id) => (await redis.set(keyOf(id), 'ended', 'KEEPTTL', 'XX', 'GET')) === 'live',
    sweep: async () => 0,
  }),
}

/** A hash, and its expiry in the same transaction; nobody waits for a connection that hangs. */
const byHash: Lesson = {
  firstStep,
  decision,
  connect: (address) => new Redis({ ...address, lazyConnect: true, commandTimeout: 1000 }),
  createSessions: (redis) => ({
    async start(subject, lifetimeSeconds) {
      const id = randomUUID()
      const answers = await redis
        .multi()
        .hset(keyOf(id), { subject, live: 'yes' })
        .pexpire(keyOf(id), lifetimeSeconds * 1000)
        .exec()
      for (const [error] of answers ?? []) if (error) throw error
      return id
    },
    isLive: async (id) => (await redis.hexists(keyOf(id), 'live')) === 1,
    end: async (id) => (await redis.hdel(keyOf(id), 'live')) === 1,
    sweep: async () => 0,
  }),
}

const limits = { connectMilliseconds: 1000, commandMilliseconds: 500 }

const withOurStore: Lesson = {
  firstStep,
  decision,
  connect(address) {
    const client = createClient(
      { engine: 'redis', tls: false, hosts: [address], database: 0 },
      limits,
    )
    if (!(client instanceof Redis)) throw new TypeError('A Cluster')
    return Object.assign(client, { options: { ...client.options, keyPrefix: address.keyPrefix } })
  },
  createSessions: (redis) =>
    asInTheApp(new RedisStore(redis, { ...limits, waitReplicas: 0, durableClient: redis })),
}

/** The solution, with these methods in the place of its own. */
function but(change: (redis: Redis, own: SessionStore) => Partial<SessionStore>): Lesson {
  return {
    ...solution,
    createSessions(redis) {
      const own = solution.createSessions(redis)
      return { ...own, ...change(redis, own) }
    },
  }
}

const endsNothing = but(() => ({ end: async () => true }))

/** What has no entry is let in. */
const denyList: Lesson = {
  ...but((redis) => ({
    start: async () => randomUUID(),
    isLive: async (id) => (await redis.exists(`ended:${id}`)) === 0,
    end: async (id) => (await redis.set(`ended:${id}`, '', 'EX', 60, 'NX')) === 'OK',
  })),
  decision: { list: 'who has signed out', whenFull: 'noeviction' },
}

const neverForgotten = but((redis) => ({
  async start(subject) {
    const id = randomUUID()
    await redis.set(keyOf(id), subject)
    return id
  },
}))

const inTwoSteps = but((redis) => ({
  async start(subject, lifetimeSeconds) {
    const id = randomUUID()
    await redis.set(keyOf(id), subject)
    await redis.expire(keyOf(id), lifetimeSeconds)
    return id
  },
}))

const andLater = but((redis, own) => ({
  async start(subject, lifetimeSeconds, now) {
    const id = await own.start(subject, lifetimeSeconds, now)
    await redis.pipeline().sadd(`all:${id}`, id).expire(`all:${id}`, lifetimeSeconds).exec()
    return id
  },
}))

/** In one piece, and yet two commands: the connection may end between them. */
const inOnePipeline = but((redis) => ({
  async start(subject, lifetimeSeconds) {
    const id = randomUUID()
    await redis.pipeline().set(keyOf(id), subject).expire(keyOf(id), lifetimeSeconds).exec()
    return id
  },
}))

/** Remembers each yes, to save a question. */
const withCache = but((_redis, own) => {
  const live = new Set<string>()
  return {
    async isLive(id, now) {
      if (live.has(id)) return true
      const answer = await own.isLive(id, now)
      if (answer) live.add(id)
      return answer
    },
    async end(id, now) {
      live.delete(id)
      return await own.end(id, now)
    },
  }
})

const idsFromTheClock = but((redis) => ({
  async start(subject, lifetimeSeconds) {
    const id = `00000000-0000-4000-8000-${Date.now().toString(16).padStart(12, '0')}`
    await redis.set(keyOf(id), subject, 'EX', lifetimeSeconds)
    return id
  },
}))

const endsTwice = but((_redis, own) => ({ end: (id, now) => own.end(id, now).then(() => true) }))

const byKeys = but((redis) => ({
  isLive: async (id) => (await redis.keys('*')).some((key) => key.endsWith(keyOf(id))),
}))

const yesWhenAway = but((_redis, own) => ({
  isLive: (id, now) => own.isLive(id, now).catch(() => true),
}))

const waitsForever: Lesson = { ...solution, connect: (address) => new Redis(address) }

const evicted: Lesson = { ...solution, decision: { ...decision, whenFull: 'allkeys-lru' } }

const another = 'what one server ends, another one refuses at once'
const expiry = 'every key has an expiry: that of its token'
const breaksOff = 'a sign-in that breaks off leaves no key forever'
const lookUp = 'a look-up reads one record, however many there are'
const away = 'when Redis does not answer: an error in time, and neither yes nor no'
const restart = 'a restart that loses everything brings nobody back'
const full = 'a full memory brings nobody back, and signs nobody out'
const first = 'an ended session is not live, and all others are'
const twice = 'where there is nothing to end: false, and no harm'
const inApp = 'in the app: an old token is refused'

const opened: Redis[] = []
const leavesOpen: Lesson = {
  ...solution,
  createSessions(redis) {
    const another = redis.duplicate().on('error', () => {})
    opened.push(another)
    return solution.createSessions(redis)
  },
}

t.test('with a Redis', { skip: redisMissing() }, async (t) => {
  const { url } = await startRedis(t) // to start one for each check would take longer
  environment(t, { REDIS_URL: url })
  t.teardown(() => {
    for (const redis of opened) redis.disconnect()
  })

  prove<Lesson>(t, {
    checks,
    right: {
      'the solution': solution,
      'a record that says it has ended': ended,
      'a hash, in a transaction': byHash,
      'the code of the app': withOurStore,
    },
    wrong: {
      'first step: which list lets somebody in when Redis forgets': {
        ...solution,
        firstStep: 'both',
      },
      [first]: endsNothing,
      [twice]: endsTwice,
      'sign-ins at the same moment get ids of their own': idsFromTheClock,
      [expiry]: neverForgotten,
      [breaksOff]: inTwoSteps,
      [another]: withCache,
      [lookUp]: byKeys,
      [away]: yesWhenAway,
      [restart]: denyList,
      [full]: evicted,
      [inApp]: endsNothing,
    },
  })

  alsoRefused<Lesson, string>(t, checks, {
    'a sign-out that is answered before Redis has it': [
      another,
      but((redis, own) => ({
        async end(id, now) {
          const live = await own.isLive(id, now)
          void redis.del(keyOf(id)).catch(() => {})
          return live
        },
      })),
    ],
    'an expiry that is lost at the sign-out': [
      expiry,
      but((redis) => ({ end: async (id) => (await redis.set(keyOf(id), '')) === 'OK' })),
    ],
    'an expiry in milliseconds': [
      expiry,
      but((redis) => ({
        async start(subject, lifetimeSeconds) {
          const id = randomUUID()
          await redis.set(keyOf(id), subject, 'PX', lifetimeSeconds)
          return id
        },
      })),
    ],
    'a look-up by SCAN': [
      lookUp,
      but((redis) => ({
        async isLive(id) {
          for await (const keys of redis.scanStream()) if (`${keys}`.includes(id)) return true
          return false
        },
      })),
    ],
    'no is said where nobody knows': [
      away,
      but((_redis, own) => ({ isLive: (id, now) => own.isLive(id, now).catch(() => false) })),
    ],
    'an outage at the sign-out that is kept from everybody': [
      away,
      but((_redis, own) => ({ end: (id, now) => own.end(id, now).catch(() => true) })),
    ],
    'a decision that speaks of another list': [
      full,
      { ...solution, decision: { ...decision, list: 'who has signed out' } },
    ],
    'a sign-in that Redis had no room for': [
      full,
      but((_redis, own) => ({
        start: (...all) => own.start(...all).catch(() => randomUUID()),
      })),
    ],
    'a connection to somewhere else': [
      first,
      { ...solution, connect: ({ host }) => connect({ host, port: 1 }) },
    ],
  })

  const betweenTwo = 'keys without an expiry, when the connection ends after command 1 of start'
  learnersRead<Lesson>(t, checks, {
    'as shipped': [
      { ...exercise, firstStep },
      { said: 'end, a second time', actual: 'true' },
      twice,
    ],
    'a queue that waits forever': [
      waitsForever,
      { said: 'isLive, while Redis hangs', actual: '"nothing within a second"' },
      away,
    ],
    'a policy that makes room': [
      evicted,
      {
        said: 'how many of 20 that are signed in are let in when the memory is full, with allkeys-lru',
        actual: '0',
      },
      full,
    ],
    'a deny-list in a cache': [
      { ...denyList, decision: { ...decision, whenFull: 'volatile-lru' } },
      {
        said: 'how many of 20 that signed out are let in when the memory is full, with volatile-lru',
        actual: '20',
      },
      full,
    ],
    'two steps': [inTwoSteps, { said: betweenTwo, actual: '1' }, breaksOff],
    'two commands in one pipeline': [inOnePipeline, { said: betweenTwo, actual: '1' }, breaksOff],
    'a second key, whose expiry comes later': [
      andLater,
      {
        said: 'keys without an expiry, when the connection ends after command 2 of start',
        actual: '1',
      },
      breaksOff,
    ],
    'a connection that nobody ends': [
      leavesOpen,
      {
        said: 'your store leaves a connection open, besides that of connect',
        actual: undefined,
      },
      first,
    ],
  })
})
