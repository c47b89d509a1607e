// S19: servers on one Redis may be machines with clocks of their own. Whoever signs in at one that is ahead is
// not refused by one that is behind; and no session becomes longer by it.
import t from 'tap'
import { openStore } from '../../example/store/open.ts'
import { signIn, visit } from '../integration/client.ts'
import { processOn } from '../integration/on-redis.ts'
import { NOW, signInTo, testApp } from '../support/fixtures.ts'
import { ask } from '../support/mock-http.ts'
import { redisMissing, startRedis } from '../support/redis.ts'

const onRedis = { STORE_URL: 'redis://127.0.0.1:6379', SESSION_LIFETIME: '1h' }

/** Signs in where it is NOW, and asks where the clock is wrong by these seconds, over one store. */
async function twoServers(environment: Record<string, string>, secondsApart: number) {
  const store = await openStore('memory:')
  let passed = 0
  const [here, there] = await Promise.all([
    testApp({ environment, store, now: () => NOW + passed }),
    testApp({ environment, store, now: () => NOW + passed + secondsApart }),
  ])
  const token = await signInTo(here.app)
  return async (seconds = 0) => {
    passed = seconds
    const headers = { authorization: `Bearer ${token}` }
    return (await ask(there.app, { url: '/private', headers })).status
  }
}

t.test('on Redis, a token of a server whose clock is ahead', async (t) => {
  for (const seconds of [1, 2, 5])
    t.test(`by ${seconds} s is accepted`, async (t) => {
      t.equal(await (await twoServers(onRedis, -seconds))(), 200)
    })

  t.test('by more than the leeway is refused until its time has come', async (t) => {
    const status = await twoServers(onRedis, -6)
    t.equal(await status(), 401)
    t.equal(await status(1), 200)
  })
})

t.test('on Redis, the leeway makes no session longer: its record ends to the second', async (t) => {
  const status = await twoServers(onRedis, 0)
  t.equal(await status(3599), 200)
  t.equal(await status(3600), 401)
})

t.test('with one machine and one clock there is no leeway', async (t) => {
  t.equal(await (await twoServers({}, -1))(), 401)
})

t.test('two processes, clocks a second apart', { skip: redisMissing() }, async (t) => {
  const redis = await startRedis(t)
  const late = 'data:text/javascript,const now = Date.now; Date.now = () => now() - 1000'
  const [here, there] = await Promise.all([
    processOn(t, redis),
    processOn(t, redis, { NODE_OPTIONS: `--import="${late}"` }),
  ])
  for (let round = 0; round < 5; round += 1)
    t.equal(await visit(there.url, await signIn(here.url)), 200)
})
