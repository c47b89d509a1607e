import t from 'tap'
import { redisMissing, startRedis } from '../support/redis.ts'
import { signIn, visit } from './client.ts'
import { serverOn } from './on-redis.ts'

// S52 where two servers share one Redis: each ends what is too much, and none knows of the other's sign-ins.

t.test('fifty sign-ins at once, on two servers', { skip: redisMissing() }, async (t) => {
  const redis = await startRedis(t)
  const environment = { SESSIONS_PER_USER: '10' }
  const servers = [await serverOn(t, redis, environment), await serverOn(t, redis, environment)]
  const urls = servers.map(({ url }) => url)
  const [one = ''] = urls

  const tokens = await Promise.all(
    Array.from({ length: 50 }, (_, at) => signIn(urls[at % 2] ?? one)),
  )
  const statuses = await Promise.all(tokens.map((token) => visit(one, token)))
  const live = statuses.filter((status) => status === 200).length
  t.ok(live >= 1 && live <= 10, `${live} are left`)

  const newest = await signIn(one)
  t.equal(await visit(one, newest), 200, 'whoever comes later is let in')
})
