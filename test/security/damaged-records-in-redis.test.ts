import t from 'tap'
import { signIn, signOut, visit } from '../integration/client.ts'
import { recordName, serverOn } from '../integration/on-redis.ts'
import { type RedisServer, redisMissing, startRedis } from '../support/redis.ts'

// S113, S116. Others may write into this Redis, too, by mistake or not. Whatever stands where a session
// should be: that session is over, everybody else's goes on, and so does the server.

type Damage = (redis: RedisServer, name: string, text: string) => Promise<unknown>

// What else a text may say is in session-allow-list.test.ts, and what Redis may hold is in functional/store/redis/damaged.
const damages: Record<string, Damage> = {
  'text that is no JSON': (redis, name) => redis.command('SET', name, '\u0000 not a record'),
  // Read as text they look like U+FFFD, which is another text than the one that stands there.
  'bytes that are no text, where nobody looks': (redis, name) =>
    redis.command('EVAL', withBadBytes, '1', name),
  'another type of Redis': async (redis, name, text) => {
    await redis.command('DEL', name)
    await redis.command('RPUSH', name, text)
  },
}

const withBadBytes = `
  local text = redis.call('GET', KEYS[1])
  redis.call('SET', KEYS[1], (string.gsub(text, '"agent":"', '%0\\255')))`

t.test('a record that is not one of ours', { skip: redisMissing() }, async (t) => {
  const redis = await startRedis(t)
  const server = await serverOn(t, redis)
  const whole = await signIn(server.url)
  const refusals = () => server.output().match(/ token refused .*/g) ?? []

  for (const [what, damage] of Object.entries(damages)) {
    t.test(what, async (t) => {
      const token = await signIn(server.url)
      t.equal(await visit(server.url, token), 200)
      const name = recordName(token)
      await damage(redis, name, String(await redis.command('GET', name)))

      const before = refusals().length
      t.equal(await visit(server.url, token), 401, 'is no session')
      t.strictSame(refusals().slice(before), [' token refused  reason="damaged-record"'])
      t.equal(await signOut(server.url, token), 401, 'and nothing to sign out of')

      // All of these go to Redis together, and one that fails must not take the others with it.
      const tokens = Array.from({ length: 10 }, () => [token, whole]).flat()
      const statuses = await Promise.all(tokens.map((each) => visit(server.url, each)))
      t.same(statuses, Array.from({ length: 10 }, () => [401, 200]).flat())
    })
  }

  t.test('the server has lived through all of it, and knows no error', async (t) => {
    t.equal(await visit(server.url, await signIn(server.url)), 200)
    t.notMatch(server.output(), /unexpected error|store unavailable/)
  })
})
