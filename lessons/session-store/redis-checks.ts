import { disagreement } from '../disagree.ts'
import { Asked } from './asked.ts'
import { lendOwnRedis, lendRedis, notInstalled, redisMissing } from './redis.ts'
import type { Connect, RedisMachine } from './redis-machine.ts'
import type { Relay } from './relay.ts'
import type { Decision, SessionStore } from './types.ts'

interface Lesson {
  readonly connect: Connect
  readonly decision: Decision
  createSessions(redis: ReturnType<Connect>): SessionStore
}

/** Servers that share a Redis, and what may happen to it. */
interface Shop {
  /** One more server, and the network between it and Redis. */
  another(): Promise<{ sessions: Asked; network: Relay }>
  /** For each key, the seconds until Redis forgets it: -1 is never. */
  secondsLeft(): Promise<number[]>
  restart(): Promise<Asked>
  fill(decision: Decision): Promise<void>
}

type Check = (sessions: Asked, shop: Shop, lesson: Lesson) => Promise<void>

/** A check of a store on a real Redis, over a network that takes a moment for every command. */
export function onRedis(check: Check) {
  const place = new Error()
  return async (lesson: Lesson): Promise<undefined> => {
    const found = await lendRedis(lesson.connect, asShop(check, lesson), place)
    if (!found) throw disagreement(onRedis, redisMissing, { thrown: place })
  }
}

/** The same, where the memory of that Redis is filled: nobody else may use it. */
export function onOwnRedis(check: Check) {
  const place = new Error()
  return async (lesson: Lesson): Promise<string | undefined> => {
    const found = await lendOwnRedis(lesson.connect, asShop(check, lesson), place)
    if (found) return undefined
    if (!process.env.REDIS_URL) throw disagreement(onOwnRedis, redisMissing, { thrown: place })
    return `The memory of the Redis in REDIS_URL was not filled: ${notInstalled}`
  }
}

function asShop(check: Check, lesson: Lesson) {
  return async (machine: RedisMachine): Promise<void> => {
    const another = async () => {
      const { redis, network } = await machine.openOver()
      return { sessions: new Asked(lesson.createSessions(redis), clock), network }
    }
    const { sessions } = await another()
    const shop: Shop = {
      another,
      secondsLeft: async () => [...(await machine.entries()).values()],
      restart: async () => {
        await machine.restart()
        return (await another()).sessions
      },
      fill: ({ whenFull }) => machine.fill(whenFull),
    }
    await check(sessions, shop, lesson)
  }
}

/** Redis forgets by a real clock. */
const clock = () => Math.floor(Date.now() / 1000)
