import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import type { Address, Decision, SessionStore } from '../../lessons/session-store/types.ts'

export const firstStep: 'who is signed in' | 'who has signed out' | 'both' | undefined =
  'who has signed out'

export const decision: Decision = { list: 'who is signed in', whenFull: 'noeviction' }

/** What has no answer after half a second, or cannot be asked now, is an error. */
export function connect(address: Address): Redis {
  return new Redis({ ...address, commandTimeout: 500, enableOfflineQueue: false })
}

/** A key for each session that is live. Redis forgets it at its expiry. */
export function createSessions(redis: Redis): SessionStore {
  return {
    async start(subject, lifetimeSeconds, _now) {
      const id = randomUUID()
      await redis.set(keyOf(id), subject, 'EX', lifetimeSeconds)
      return id
    },

    async isLive(id, _now) {
      return (await redis.exists(keyOf(id))) === 1
    },

    async end(id, _now) {
      return (await redis.del(keyOf(id))) === 1
    },

    async sweep(_now) {
      return 0
    },
  }
}

function keyOf(id: string): string {
  return `session:${id}`
}
