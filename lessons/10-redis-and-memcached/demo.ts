import { Redis } from 'ioredis'
import { lendOwnRedis, notInstalled } from '../session-store/redis.ts'
import type { RedisMachine } from '../session-store/redis-machine.ts'

// Forty people are signed in, and twenty of them sign out. Two lists in one Redis know that. Then something happens to it.

interface List {
  readonly of: string
  signIn(redis: Redis, token: number): Promise<unknown>
  signOut(redis: Redis, token: number): Promise<unknown>
  letsIn(redis: Redis, token: number): Promise<boolean>
}

const lists: readonly List[] = [
  {
    of: 'who has signed out',
    signIn: async () => {},
    signOut: (redis, token) => redis.set(`ended:${token}`, '', 'EX', 3600),
    letsIn: async (redis, token) => (await redis.exists(`ended:${token}`)) === 0,
  },
  {
    of: 'who is signed in',
    signIn: (redis, token) => redis.set(`session:${token}`, '', 'EX', 3600),
    signOut: (redis, token) => redis.del(`session:${token}`),
    letsIn: async (redis, token) => (await redis.exists(`session:${token}`)) === 1,
  },
]

const happenings: Readonly<Record<string, (machine: RedisMachine) => Promise<void>>> = {
  'Nothing happens.': async () => {},
  'Its memory is full, and the policy is allkeys-lru.': (machine) => machine.fill('allkeys-lru'),
  'Its memory is full, and the policy is noeviction.': (machine) => machine.fill('noeviction'),
  'It is stopped, and started again.': (machine) => machine.restart(),
}

const tokens = Array.from({ length: 40 }, (_, token) => token)
const [leaving, staying] = [tokens.slice(0, 20), tokens.slice(20)]
const all = <Result>(some: number[], what: (token: number) => Promise<Result>) =>
  Promise.all(some.map(what))

const lines = [
  '20 of 40 people sign out. Then:                signed out,      signed in,',
  '                                                yet let in     yet refused',
]

let redisIsHere = true
for (const [what, happen] of Object.entries(happenings))
  redisIsHere &&= await lendOwnRedis(
    (address) => new Redis(address),
    async (machine) => {
      const redis = await machine.open()
      for (const { signIn } of lists) await all(tokens, (token) => signIn(redis, token))
      for (const { signOut } of lists) await all(leaving, (token) => signOut(redis, token))
      await happen(machine)
      lines.push(`${what} A new record is ${await write(redis)}.`)
      for (const { of, letsIn } of lists) {
        const back = (await all(leaving, (token) => letsIn(redis, token))).filter(Boolean).length
        const stay = (await all(staying, (token) => letsIn(redis, token))).filter(Boolean).length
        const counts = [back, staying.length - stay].map((count) => `${count} of 20`.padStart(16))
        lines.push(`  the list of ${of.padEnd(30)}${counts.join('')}`)
      }
    },
  )
console.log(redisIsHere ? lines.join('\n') : `Cannot show what Redis forgets: ${notInstalled}`)
if (!redisIsHere) process.exit(1)

async function write(redis: Redis): Promise<string> {
  return await redis.set('new', '', 'EX', 3600).then(
    () => 'written',
    (error) => `refused: ${error.message.split(' ', 1)}`,
  )
}
