import t from 'tap'
import { signIn, signOut, visit } from '../integration/client.ts'
import { recordName, serverOn } from '../integration/on-redis.ts'
import { type RedisServer, redisMissing, startRedis } from '../support/redis.ts'

// S113, S116. Others may write into this Redis, too, by mistake or not. Whatever stands where a session
// should be: that session is over, everybody else's goes on, and so does the server.

type Damage = (redis: RedisServer, name: string, text: string) => Promise<unknown>

const overwritten =
  (text: string): Damage =>
  (redis, name) =>
    redis.command('SET', name, text)

const damages: Record<string, Damage> = {
  'text that is no JSON': overwritten('\u0000 not a record'),
  'no text at all': overwritten(''),
  'the JSON of null': overwritten('null'),
  'the JSON of a list': overwritten('[]'),
  'JSON of another shape': overwritten('{"valid":"yes","subject":"masterbuilder"}'),
  'a session that never ends': overwritten('{"valid":true,"subject":"masterbuilder"}'),
  'half of the record': (redis, name, text) =>
    redis.command('SET', name, text.slice(0, text.length / 2)),
  "somebody else's session": (redis, name, text) =>
    redis.command('SET', name, text.replace('"masterbuilder"', '"ada"')),
  'another session of the same user': (redis, name, text) =>
    redis.command('SET', name, text.replace(/"id":"./, '"id":"~')),
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

t.test('an index that is of another type of Redis', { skip: redisMissing() }, async (t) => {
  const redis = await startRedis(t)
  const server = await serverOn(t, redis)
  const token = await signIn(server.url)
  await redis.command('SET', 'session:{masterbuilder}', 'not an index')

  t.test('ends no session that there is', async (t) => {
    t.equal(await visit(server.url, token), 200)
    t.equal(await signOut(server.url, token), 200)
    t.equal(await visit(server.url, token), 401)
  })

  t.test('keeps nobody from signing in', async (t) => {
    t.equal(await visit(server.url, await signIn(server.url)), 200)
  })
})
