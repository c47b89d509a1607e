import t, { type Test } from 'tap'
import { openStore } from '../../example/store/open.ts'
import type { RecordStore } from '../../example/store/types.ts'
import { patient, type RedisServer, redisMissing } from '../support/redis.ts'
import { type RedisCluster, startRedisCluster } from '../support/redis-cluster.ts'
import { until } from '../support/until.ts'
import {
  leave,
  owners,
  replicasConfirm,
  say,
  statusOf,
  traffic,
  type Visitor,
  visitors,
} from './on-cluster.ts'
import { impatient, serverOn } from './on-redis.ts'
import { ask, independentRequests, told, unavailable } from './outage.ts'

// S117, S119. A master of a Cluster is lost, its replica takes over, and we are not restarted. Until then nobody
// can say yes or no; afterwards all is as it was, and a sign-out that was answered is still one.

interface Fault {
  begin(master: RedisServer): unknown
  end(master: RedisServer): unknown
}

const faults: Record<string, Fault> = {
  'is killed': { begin: (master) => master.end('SIGKILL'), end: (master) => master.restart() },
  hangs: { begin: (master) => master.pause(), end: (master) => master.resume() },
}

t.test('on a Cluster whose sign-outs wait for a replica', { skip: redisMissing() }, async (t) => {
  const cluster = await startRedisCluster(t, { args: ['--appendonly', 'yes'] })
  await replicasConfirm(cluster)
  const { url, output } = await serverOn(t, cluster, {
    ...impatient,
    REDIS_WAIT_REPLICAS: '1',
    LOG_LEVEL: 'warn',
  })
  const store = await openStore(cluster.url, { redis: patient })
  t.teardown(() => store.close())

  for (const [what, fault] of Object.entries(faults)) {
    t.test(`one master ${what} under load`, async (t) => {
      await survives(t, { cluster, store, url, fault })
    })
  }

  t.test('all nodes are gone', async (t) => {
    const [stays, leaves] = await visitors(store, ['ada', 'ada'])
    t.equal(await leave(url, leaves), 200)
    await cluster.end()

    t.test('what needs a record is answered with 503', async (t) => {
      const headers = { authorization: `Bearer ${stays?.token}` }
      t.strictSame(told(await ask(`${url}/private`, { headers })), unavailable)
      t.strictSame(told(await ask(`${url}/logout`, { method: 'POST', headers })), unavailable)
      const { status, body } = await ask(`${url}/health`)
      t.equal(status, 503)
      t.match(body, /^\{"status":"unavailable","store":"redis-cluster","reason":"[a-z-]+"\}$/)
    })

    t.test('what needs none is answered as ever', async (t) => {
      for (const [request, [status, path, init]] of Object.entries(independentRequests))
        t.equal((await ask(url + path, init)).status, status, request)
    })

    t.test('when they are back, sessions and sign-outs are, too', async (t) => {
      await Promise.all([...cluster.masters, ...cluster.replicas].map((node) => node.restart()))
      await until(async () => (await statusOf(url, '/private', stays)) !== 503, 'an answer')
      t.equal(await statusOf(url, '/private', stays), 200)
      t.equal(await statusOf(url, '/private', leaves), 401)
      await until(async () => (await ask(`${url}/health`)).status === 200, '/health is well')
    })
  })

  t.test('through all of it the log knew what was wrong, and no secret', async (t) => {
    t.match(output(), /store unavailable/)
    t.notMatch(output(), /unexpected error|uncaught|eyJ/)
  })
})

interface Scene {
  cluster: RedisCluster
  store: RecordStore
  url: string
  fault: Fault
}

async function survives(t: Test, { cluster, store, url, fault }: Scene): Promise<void> {
  const everybody = await visitors(store, owners(30))
  const leaving = await visitors(store, [...owners(30), ...owners(30)])
  const master = await cluster.masterOf('health:ping')
  const signOuts = (from: number) => signOutsOf(url, leaving.slice(from, from + 30))
  // Each has to be another's: after a 503 the session may have ended all the same.
  const signOutsOfOthers = async () => signOutsOf(url, await visitors(store, owners(30)))

  // A busy machine may take longer for one of them than the server waits.
  let calm: [Visitor, number][] = []
  await until(async () => {
    calm = await signOutsOfOthers()
    return calm.every(([, status]) => status === 200)
  }, 'before it, all sign-outs are answered with 200')
  const visiting = traffic(url, everybody)
  const racing = signOuts(0)
  await fault.begin(master)
  await until(() => visiting.statuses[503], 'a first 503')
  const late = signOuts(30)
  const health = await ask(`${url}/health`)
  t.ok([200, 503].includes(health.status), `/health: ${health.body}`)

  const allFound = async () => {
    const statuses = await Promise.all(everybody.map((v) => statusOf(url, '/private', v)))
    return statuses.every((status) => status === 200)
  }
  await until(allFound, 'every session is found again')
  t.equal((await ask(`${url}/health`)).status, 200)
  const statuses = await visiting.stop()
  t.comment(`visits: ${say(statuses)}`)
  const { 200: _yes, 503: _unknown, ...others } = statuses
  t.strictSame(others, {}, 'every visit was answered, with 200 or 503')

  for (const [visitor, status] of [...calm, ...(await racing), ...(await late)]) {
    t.ok(status === 200 || status === 503, `a sign-out was answered with ${status}`)
    const after = await statusOf(url, '/private', visitor)
    if (status === 200) t.equal(after, 401, 'and it is still one')
    else t.ok(after === 200 || after === 401, 'and nobody knew')
  }

  const promoted = await cluster.masterOf('health:ping')
  const itsVisitors = await ofMaster(cluster, promoted, everybody)
  t.equal(await leave(url, itsVisitors[0]), 503, 'its replica is gone: no sign-out is sure')
  await fault.end(master)
  const signsOut = async () => (await signOutsOfOthers()).every(([, status]) => status === 200)
  await until(signsOut, 'every sign-out has its replica again')
}

async function ofMaster(cluster: RedisCluster, master: RedisServer, all: Visitor[]) {
  const masters = await Promise.all(all.map(({ record }) => cluster.masterOf(record)))
  return all.filter((_, n) => masters[n] === master)
}

async function signOutsOf(url: string, leaving: Visitor[]): Promise<[Visitor, number][]> {
  return await Promise.all(
    leaving.map(
      async (visitor): Promise<[Visitor, number]> => [visitor, await leave(url, visitor)],
    ),
  )
}
