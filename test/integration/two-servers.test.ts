import t from 'tap'
import { redisMissing, startRedis } from '../support/redis.ts'
import { signIn, signOut, visit } from './client.ts'
import { serverOn } from './on-redis.ts'

// S45. Two servers know nothing of each other but their Redis and their secret.

const skip = redisMissing()

t.test('two servers on one Redis', { skip }, async (t) => {
  const redis = await startRedis(t)
  const otherSecret = { JWT_SECRET: 'another-for-tests-0Xv7bQ2mK9sL4hT8w' }
  const [here, there, stranger] = await Promise.all([
    serverOn(t, redis),
    serverOn(t, redis),
    serverOn(t, redis, otherSecret),
  ])

  t.test('who signs in on one is signed in on the other', async (t) => {
    t.equal(await visit(there.url, await signIn(here.url)), 200)
    t.equal(await visit(here.url, await signIn(there.url)), 200)
  })

  t.test('who signs out on one is signed out on both at once, 50 times', async (t) => {
    for (let round = 0; round < 50; round += 1) {
      const token = await signIn(here.url)
      t.equal(await visit(there.url, token), 200)
      t.equal(await signOut(there.url, token), 200)
      t.same(await Promise.all([visit(here.url, token), visit(there.url, token)]), [401, 401])
      t.equal(await signOut(here.url, token), 401, 'and has nothing left to sign out of')
    }
  })

  t.test('one with another secret refuses their tokens, and they refuse its', async (t) => {
    t.equal(await visit(stranger.url, await signIn(here.url)), 401)
    t.equal(await visit(here.url, await signIn(stranger.url)), 401)
  })
})

t.test('sessions and sign-outs outlive all servers', { skip }, async (t) => {
  const redis = await startRedis(t)
  const start = () => Promise.all([serverOn(t, redis), serverOn(t, redis)])
  const [here, there] = await start()
  const stays = await signIn(here.url)
  const leaves = await signIn(here.url)
  t.equal(await signOut(there.url, leaves), 200)
  await Promise.all([here.stop(), there.stop()])

  for (const { url } of await start()) {
    t.equal(await visit(url, stays), 200)
    t.equal(await visit(url, leaves), 401)
  }
})
