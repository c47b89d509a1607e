// S56, S69, S121. Two servers on one store, and everything at once: as many succeed as may, on every engine.
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { openStore } from '../../example/store/open.ts'
import { decode } from '../../example/token/decode.ts'
import { call, linkFor, member, PASSWORD, type Pair, testAccounts } from '../support/accounts.ts'
import { temporaryFolder } from '../support/folder.ts'
import { patient, redisMissing, startRedis } from '../support/redis.ts'
import { startRedisCluster } from '../support/redis-cluster.ts'
import { issuerRaces } from './issuer-races.ts'
import { countOf } from './on-cluster.ts'

/** Each opens what two servers will share. LevelDB belongs to one process: there they share the opened store, too. */
const engines = {
  LevelDB: async (t: Test) => `level:${join(temporaryFolder(t), 'data')}`,
  Redis: async (t: Test) => (await startRedis(t)).url,
  'a Cluster': async (t: Test) => (await startRedisCluster(t, { replicas: 0 })).url,
}

const racers = 50

for (const [engine, start] of Object.entries(engines)) {
  const skip = engine !== 'LevelDB' && redisMissing()
  t.test(`on ${engine}`, { skip }, async (t) => {
    const url = await start(t)
    const one = await openStore(url, { redis: patient })
    const other = engine === 'LevelDB' ? one : await openStore(url, { redis: patient })
    t.teardown(async () => {
      for (const store of new Set([one, other])) await store.close()
    })
    /** Two servers with these settings, which take turns. */
    const servers = async (environment: Record<string, string> = {}) => {
      const here = await testAccounts({ store: one, environment })
      const there = await testAccounts({ store: other, environment })
      const atOnce = <T>(ask: (server: typeof here, at: number) => Promise<T>) =>
        Promise.all(Array.from({ length: racers }, (_, at) => ask(at % 2 === 0 ? here : there, at)))
      return { here, there, atOnce }
    }

    t.test('one refresh token, used by all at once, brings one successor', async (t) => {
      const { here, atOnce } = await servers()
      const { refresh_token: token } = await member(here, 'ada')
      const answers = await atOnce((server) => call(server, 'POST /refresh', { token }))
      t.same(countOf(answers.map(({ status }) => status)), { 200: racers })
      const pairs = answers.map(({ body }): Pair => JSON.parse(body))
      t.equal(new Set(pairs.map(({ refresh_token }) => refresh_token)).size, 1)

      const [family, ...more] = await here.families.allOf('ada')
      t.same(more, [])
      t.equal(family?.previous, decode(token).claims?.jti, 'it was exchanged once')
      const uses = family?.trail.map(({ outcome }) => outcome)
      t.same(uses, Array(20).fill('again'), 'of all uses the trail keeps the last')
      const next = pairs[0]?.refresh_token ?? ''
      t.equal((await call(here, 'POST /refresh', { token: next })).status, 200)
    })

    t.test('without a grace one use passes, and the family is dead', async (t) => {
      const { here, there, atOnce } = await servers({ REFRESH_GRACE: '0' })
      const { refresh_token: token, access_token } = await member(here, 'bob')
      const answers = await atOnce((server) => call(server, 'POST /refresh', { token }))
      t.same(countOf(answers.map(({ status }) => status)), { 200: 1, 401: racers - 1 })

      const [family] = await here.families.allOf('bob')
      t.equal(family?.valid, false)
      t.same(
        family?.trail.map(({ outcome }) => outcome),
        ['rotated', 'reuse'],
      )
      const won: Pair = JSON.parse(answers.find(({ status }) => status === 200)?.body ?? '{}')
      t.equal((await call(there, 'POST /refresh', { token: won.refresh_token })).status, 401)
      for (const token of [access_token, won.access_token])
        t.equal((await call(there, 'GET /welcome', { token })).status, 401)
      const alarms = [here, there].flatMap(({ events }) => events)
      t.equal(alarms.filter(({ event }) => event === 'refresh token reused').length, 1)
    })

    t.test('one name, wanted by all at once, is given once', async (t) => {
      const { here, there, atOnce } = await servers({ SIGN_UPS_PER_MINUTE: '1000' })
      const names = ['eve', 'Eve', 'EVE']
      const answers = await atOnce((server, at) => {
        const body = { username: names[at % names.length], password: `${PASSWORD}-${at}` }
        return call(server, 'POST /signup', { body })
      })
      t.same(countOf(answers.map(({ status }) => status)), { 201: 1, 409: racers - 1 })
      const winner = answers.findIndex(({ status }) => status === 201)
      const body = { username: 'eve', password: `${PASSWORD}-${winner}` }
      for (const server of [here, there])
        t.equal((await call(server, 'POST /signin', { body })).status, 200, 'with its password')
    })

    t.test('guesses are counted together: for an account, and for an address', async (t) => {
      const { atOnce } = await servers({ FAILED_SIGN_INS_PER_MINUTE: '5' })
      const guess = (username: (at: number) => string, address: (at: number) => string) =>
        atOnce((server, at) => {
          const body = { username: username(at), password: 'a wrong guess' }
          return call(server, 'POST /signin', { body, remoteAddress: address(at) })
        })
      const guesses = {
        'one account': await guess(
          () => 'mallory',
          (at) => `198.51.100.${at}`,
        ),
        'one address': await guess(
          (at) => `nobody-${at}`,
          () => '203.0.113.7',
        ),
      }
      for (const [what, answers] of Object.entries(guesses))
        t.same(countOf(answers.map(({ status }) => status)), { 401: 5, 429: racers - 5 }, what)
    })

    t.test('one link, used by all at once, is used once', async (t) => {
      const { here, there, atOnce } = await servers()
      await member(here, 'carl')
      const token = await linkFor(here, 'verify-email', 'carl')
      const answers = await atOnce((server) => call(server, 'POST /verify', { body: { token } }))
      t.same(countOf(answers.map(({ status }) => status)), { 200: 1, 400: racers - 1 })
      t.equal((await there.users.find('carl'))?.verified, true)
    })

    t.test('two administrators who demote each other at once: one is left', async (t) => {
      const { here, there } = await servers()
      for (let round = 0; round < 5; round += 1) {
        const pairs = [
          await member(here, 'root-1', ['ADMIN']),
          await member(here, 'root-2', ['ADMIN']),
        ]
        const demote = (server: typeof here, by: number, whom: number) =>
          call(server, `PUT /users/root-${whom}/roles`, {
            token: pairs[by - 1]?.access_token ?? '',
            body: { roles: ['CLIENT'] },
          })
        const statuses = await Promise.all([demote(here, 1, 2), demote(there, 2, 1)])
        const left = (await here.users.page(undefined, 50)).filter(({ roles }) =>
          roles.includes('ADMIN'),
        )
        t.equal(left.length, 1, statuses.map(({ status }) => status).join())
        await here.users.remove('root-1')
        await here.users.remove('root-2')
      }
    })

    t.test('two issuers', async (t) => await issuerRaces(t, one, other))
  })
}
