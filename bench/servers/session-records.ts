import { Redis } from 'ioredis'

/** The sessions of the servers beside ours: a record each in Redis, read and parsed at every request. */
export function sessionRecords(url: string, { enableAutoPipelining = true } = {}) {
  const redis = new Redis(url, { enableAutoPipelining })
  return {
    async start(id: string, subject: string): Promise<void> {
      await redis.set(`session:${id}`, JSON.stringify({ valid: true, subject }), 'EX', weekSeconds)
    },
    async isLive(id: string): Promise<boolean> {
      const record = await redis.get(`session:${id}`)
      return record !== null && JSON.parse(record).valid === true
    },
  }
}

const weekSeconds = 7 * 86_400
