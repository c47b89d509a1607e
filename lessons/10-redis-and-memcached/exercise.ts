// Here Redis knows who has signed out, as a cache would. Make it keep who is signed in, and say so when it cannot.
import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import type { Address, Decision, SessionStore } from '../../lessons/session-store/types.ts'

export const firstStep: 'who is signed in' | 'who has signed out' | 'both' | undefined = undefined // TODO: first step

// TODO: decide what the list holds, and what Redis does when its memory is full
export const decision: Decision = { list: 'who has signed out', whenFull: 'allkeys-lru' }

export function connect(address: Address): Redis {
  return new Redis(address)
}

export function createSessions(redis: Redis): SessionStore {
  return {
    // TODO: write a key for each session, ask for it, and end it; and let connect give up when no answer comes
    async start(_subject, _lifetimeSeconds, _now) {
      return randomUUID()
    },

    async isLive(id, _now) {
      return (await redis.get(`ended:${id}`)) === null
    },

    async end(id, _now) {
      await redis.set(`ended:${id}`, 'yes')
      return true
    },

    async sweep(_now) {
      return 0 // Redis forgets by itself what has an expiry
    },
  }
}
