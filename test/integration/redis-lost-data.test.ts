import t from 'tap'
import { redisMissing, startRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'
import { signIn, signOut, visit } from './client.ts'
import { serverOn } from './on-redis.ts'

const skip = redisMissing()
const durable = ['--appendonly', 'yes', '--appendfsync', 'always']

/** Resolves when the server has an answer again. */
async function answers(url: string, token: string): Promise<void> {
  await until(async () => (await visit(url, token)) !== 503, 'an answer other than 503')
}

t.test('when Redis has lost all records, everybody is signed out', { skip }, async (t) => {
  const redis = await startRedis(t, { args: durable })
  const server = await serverOn(t, redis)
  const live = await signIn(server.url)
  const ended = await signIn(server.url)
  t.equal(await signOut(server.url, ended), 200)

  await redis.end()
  await redis.restart({ wipe: true })
  await answers(server.url, live)
  t.equal(await visit(server.url, live), 401, 'an allow-list: what is not in it is refused')
  t.equal(await visit(server.url, ended), 401, 'and so is what was refused before')
  t.equal(await signOut(server.url, live), 401)
  t.equal(await visit(server.url, await signIn(server.url)), 200, 'and they sign in again')
})

t.test(
  'when Redis is killed the moment after a sign-out, the sign-out holds',
  { skip },
  async (t) => {
    const redis = await startRedis(t, { args: durable })
    const server = await serverOn(t, redis)
    const stays = await signIn(server.url)
    const signedOut: string[] = []
    for (let round = 1; round <= 3; round += 1) {
      const tokens = await Promise.all(Array.from({ length: 10 }, () => signIn(server.url)))
      const statuses = await Promise.all(tokens.map((token) => signOut(server.url, token)))
      await redis.end('SIGKILL')
      t.same(new Set(statuses), new Set([200]))
      signedOut.push(...tokens)

      await redis.restart()
      await answers(server.url, stays)
      t.equal(await visit(server.url, stays), 200, `round ${round}: who stayed is still signed in`)
      const found = await Promise.all(signedOut.map((token) => visit(server.url, token)))
      t.same(new Set(found), new Set([401]), `round ${round}: ${found.length} are refused`)
    }
  },
)
