import t from 'tap'
import { SECRET } from '../support/fixtures.ts'
import { isAlive } from '../support/is-alive.ts'
import { takenPort } from '../support/listening.ts'
import { runServer, type ServerProcess } from '../support/process.ts'
import { redisMissing, startRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'
import { signIn, signOut, visit } from './client.ts'
import { processOn } from './on-redis.ts'
import { count } from './outage.ts'
import { twoWorkers } from './two-workers.ts'

const skip = redisMissing()

/** The process numbers of all workers that have begun, in their order. */
function workersOf(server: ServerProcess): number[] {
  return [...server.output().matchAll(/^worker (\d+)$/gm)].map(([, pid]) => Number(pid))
}

/** Which worker answers; each question comes on a connection of its own. */
async function answering(url: string): Promise<number> {
  const res = await fetch(`${url}/home`, { headers: { connection: 'close' } })
  await res.text()
  return Number(res.headers.get('x-worker'))
}

/** Resolves when there are two workers and both have answered. */
async function bothAnswer(server: ServerProcess): Promise<void> {
  const seen = new Set<number>()
  await until(async () => {
    seen.add(await answering(server.url))
    const workers = workersOf(server).filter(isAlive)
    return workers.length === 2 && workers.every((pid) => seen.has(pid))
  }, 'both workers have answered')
}

async function allEnd(pids: number[]): Promise<void> {
  await until(() => !pids.some(isAlive), `${pids} have ended`)
}

t.test('two workers share one port', { skip }, async (t) => {
  const server = await processOn(t, await startRedis(t), twoWorkers)

  t.test('they say once that they are ready', async (t) => {
    t.equal(workersOf(server).length, 2)
    t.equal(count(server.output(), 'Ready at '), 1)
    t.equal(count(server.output(), 'Stop with Ctrl-C'), 1)
    t.equal(count(server.output(), 'append-only file'), 1, 'and warn once')
  })

  t.test('both of them answer', async () => {
    await bothAnswer(server)
  })

  t.test('a session lives and ends in both', async (t) => {
    const token = await signIn(server.url)
    const statuses = async () => {
      const found = new Map<number, number>()
      await until(async () => {
        const headers = { authorization: `Bearer ${token}`, connection: 'close' }
        const res = await fetch(`${server.url}/private`, { headers })
        await res.text()
        found.set(Number(res.headers.get('x-worker')), res.status)
        return found.size === 2
      }, 'both workers have answered')
      return [...found.values()]
    }
    t.same(await statuses(), [200, 200])
    t.equal(await signOut(server.url, token), 200)
    t.same(await statuses(), [401, 401])
  })

  const endings = {
    'is killed': 'SIGKILL',
    'makes a mistake that nobody caught': 'SIGUSR2',
  } as const
  for (const [what, signal] of Object.entries(endings)) {
    t.test(`when a worker ${what} another takes its place`, async (t) => {
      const log = server.output()
      const token = await signIn(server.url)
      const [gone = 0, stays = 0] = workersOf(server).filter(isAlive)
      process.kill(gone, signal)
      await allEnd([gone])
      // Until then it may get one more connection, which nobody answers.
      const isNoticed = async () => server.output().slice(log.length).includes('a worker has ended')
      await until(isNoticed, 'the first process has noticed')
      t.equal(await visit(server.url, token), 200, 'the other one answers in the meantime')
      await bothAnswer(server)
      t.ok(isAlive(stays), 'the other one has been left alone')
      t.equal(await visit(server.url, token), 200)

      const since = server.output().slice(log.length)
      t.equal(count(since, 'a worker has ended: starting another'), 1)
      t.equal(count(since, 'uncaught error'), signal === 'SIGUSR2' ? 1 : 0)
      t.equal(count(since, 'Ready at '), 0)
    })
  }

  t.test('when the first process is killed they end, too', async (t) => {
    const workers = workersOf(server).filter(isAlive)
    t.equal(workers.length, 2)
    await server.end('SIGKILL')
    await allEnd(workers)
  })
})

t.test(
  'a worker that dies while Redis is away is replaced when it is back',
  { skip },
  async (t) => {
    const redis = await startRedis(t, { args: ['--appendonly', 'yes'] })
    const server = await processOn(t, redis, twoWorkers)
    const token = await signIn(server.url)
    const [gone = 0] = workersOf(server)
    await redis.end()
    process.kill(gone, 'SIGKILL')
    await until(() => /no Redis answers/.test(server.output()), 'a worker could not start')
    t.equal(await visit(server.url, token), 503)

    await redis.restart()
    await bothAnswer(server)
    await until(async () => (await visit(server.url, token)) === 200, 'the session is there')

    t.equal(await server.end('SIGTERM'), 0, 'told to stop, all end by themselves')
    t.same(workersOf(server).filter(isAlive), [], 'and no process is left')
    t.equal(count(server.output(), 'stopping'), 1)
  },
)

t.test('what is wrong is said once, and not by each worker', async (t) => {
  const settings = { PORT: '0', JWT_SECRET: SECRET, WORKERS: '2' }

  t.test('a port that is taken', { skip }, async (t) => {
    const port = await takenPort(t)
    const redis = await startRedis(t, { args: ['--appendonly', 'yes'] })
    t.same(await runServer({ ...settings, STORE_URL: redis.url, PORT: String(port) }), {
      code: 1,
      output: `Cannot listen on 127.0.0.1:${port}: another program does. Set PORT to a free one\n`,
    })
  })

  t.test('a Redis that is not there', async (t) => {
    t.same(await runServer({ ...settings, STORE_URL: 'redis://127.0.0.1:1' }), {
      code: 1,
      output:
        'Cannot open the store: no Redis answers at 127.0.0.1:1. Is it running? Check STORE_URL\n',
    })
  })
})
