import t from 'tap'
import { call, PASSWORD, refresh, signIn } from '../support/accounts.ts'
import { accountsServer, startServer } from '../support/process.ts'
import { redisMissing, startRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'
import { countOf } from './on-cluster.ts'
import { inNoHurry } from './on-redis.ts'
import { overHttp } from './over-http.ts'
import { twoWorkers } from './two-workers.ts'

t.test('two processes are one accounts server', { skip: redisMissing() }, async (t) => {
  const redis = await startRedis(t)
  const environment = {
    STORE_URL: redis.url,
    FAILED_SIGN_INS_PER_MINUTE: '5',
    REFRESH_GRACE: '0',
    ...twoWorkers,
    ...inNoHurry,
  }
  const running = await startServer(environment, { file: accountsServer })
  t.teardown(() => running.end('SIGKILL'))
  const server = overHttp(running.url)
  const body = { username: 'ada', password: PASSWORD }
  t.equal((await call(server, 'POST /signup', { body })).status, 201)

  /** What either of them says of a token. */
  const inBoth = async (token: string) => {
    const found = new Map<string, number>()
    await until(async () => {
      const { status, headers } = await call(server, 'GET /welcome', { token })
      found.set(String(headers['x-worker']), status)
      return found.size === 2
    }, 'both workers have answered')
    return [...found.values()]
  }

  t.test('a session lives and ends in both', async (t) => {
    const { access_token: token } = await signIn(server)
    t.same(await inBoth(token), [200, 200])
    t.equal((await call(server, 'POST /logout', { token, body: {} })).status, 200)
    t.same(await inBoth(token), [401, 401])
  })

  t.test('a token that was used in one is a stolen one in the other', async (t) => {
    const first = await signIn(server)
    const second = await refresh(server, first.refresh_token)
    t.same(await inBoth(second.access_token), [200, 200])
    const again = await Promise.all([1, 2, 3, 4].map(() => refresh(server, first.refresh_token)))
    t.same(countOf(again.map(({ status }) => status)), { 401: 4 })
    t.same(await inBoth(second.access_token), [401, 401])
    t.equal(running.output().split('refresh token reused').length, 2, 'which is told once')
  })

  t.test('guesses are counted together', async (t) => {
    const minute = () => Math.floor(Date.now() / 60_000)
    const guess = (username: string) =>
      call(server, 'POST /signin', { body: { username, password: 'a wrong guess' } })
    let answers: Array<Awaited<ReturnType<typeof guess>>> = []
    // Each minute has a count of its own: what fell into two says nothing.
    await until(async () => {
      const began = minute()
      answers = await Promise.all(Array.from({ length: 20 }, () => guess(`eve-${began}`)))
      return minute() === began
    }, 'all guesses came in one minute')
    t.same(countOf(answers.map(({ status }) => status)), { 401: 5, 429: 15 })
    t.equal(new Set(answers.map(({ headers }) => headers['x-worker'])).size, 2)
  })

  t.test('told to stop, both do', async (t) => t.equal(await running.end(), 0))
})
