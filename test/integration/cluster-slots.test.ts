import t from 'tap'
import { openStore } from '../../example/store/open.ts'
import { patient, redisMissing } from '../support/redis.ts'
import { startRedisCluster } from '../support/redis-cluster.ts'
import { until } from '../support/until.ts'
import { signIn, signOut, visit } from './client.ts'
import {
  countOf,
  fromAndTo,
  leave,
  moveHalf,
  owners,
  replicasConfirm,
  type Statuses,
  say,
  slotOf,
  statusOf,
  traffic,
  type Visitor,
  visitors,
} from './on-cluster.ts'
import { impatient, processOn, recordName, serverOn } from './on-redis.ts'

// A Cluster that grows moves slots from one master to another, with the records in them, while all goes on.
// A record on its way is not one that is missing: a 401 would sign somebody out for good.

t.test('while slots of a Cluster move', { skip: redisMissing() }, async (t) => {
  const cluster = await startRedisCluster(t)
  await replicasConfirm(cluster)
  const store = await openStore(cluster.url, { redis: patient })
  t.teardown(() => store.close())
  const move = async ({ record }: Visitor) => {
    const { from, to } = await fromAndTo(cluster, record)
    await cluster.moveSlot(await slotOf(cluster, record), from, to)
  }

  t.test('sessions go on: 200, now and then 503, and 200 when it is over', async (t) => {
    const { url, output } = await serverOn(t, cluster, { LOG_LEVEL: 'warn' })
    const everybody = await visitors(store, owners(30))
    const visiting = traffic(url, everybody)
    for (const visitor of everybody.slice(0, 10)) await move(visitor)
    const statuses = await visiting.stop()
    t.comment(say(statuses))
    const { 200: fine = 0, 503: _unknown, ...others } = statuses
    t.ok(fine > everybody.length, 'there was traffic')
    t.strictSame(others, {}, 'and no other answer')

    for (const reason of output().match(/store unavailable.*/g) ?? [])
      t.match(reason, /MOVED|ASK|TRYAGAIN|redirections|allocation group/)
    for (const visitor of everybody)
      t.equal(await statusOf(url, '/private', visitor), 200, visitor.record)
  })

  for (const waitReplicas of ['0', '1']) {
    t.test(
      `with ${waitReplicas} replicas to wait for, who is told to have signed out has`,
      async (t) => {
        const { url } = await serverOn(t, cluster, { REDIS_WAIT_REPLICAS: waitReplicas })
        const told: Statuses = {}
        for (const owner of owners(5)) {
          const [stays, lingers, ...leaving] = await visitors(store, Array(12).fill(owner))
          if (stays === undefined || lingers === undefined) throw new Error('nobody')
          const moving = move(stays)
          for (const visitor of leaving) {
            const status = await leave(url, visitor)
            told[status] = (told[status] ?? 0) + 1
            if (status === 200) t.equal(await statusOf(url, '/private', visitor), 401)
          }
          await moving
          t.equal(await statusOf(url, '/private', stays), 200, 'the neighbour is not signed out')
          t.equal(
            await leave(url, lingers),
            200,
            'and when the move is over, nobody has to ask twice',
          )
          t.equal(await statusOf(url, '/private', lingers), 401)
        }
        t.comment(say(told))
        const { 200: fine = 0, 503: _unknown, ...others } = told
        t.ok(fine > 0, 'some have signed out')
        t.strictSame(others, {}, 'and those who have not were answered with 503')
      },
    )
  }
})

t.test('with a slot left half-way between two masters', { skip: redisMissing() }, async (t) => {
  const cluster = await startRedisCluster(t, { replicas: 0 })
  const { url } = await processOn(t, cluster, impatient) // with all at once, our own loop would be late
  const tokens: string[] = []
  for (let n = 0; n < 60; n += 1) tokens.push(await signIn(url))
  const records = tokens.map(recordName)
  const index = 'session:{masterbuilder}'
  const [slot, masters] = [await slotOf(cluster, index), await fromAndTo(cluster, index)]
  await moveHalf(slot, masters, [index, ...records.slice(0, 30)])
  // Ten of those that have moved, and ten of those that have not.
  const leaving = [...tokens.slice(20, 30), ...tokens.slice(50, 60)]
  const staying = tokens.filter((token) => !leaving.includes(token))

  const atOnce = async (askFor: (url: string, token: string) => Promise<number>, all: string[]) =>
    say(countOf(await Promise.all(all.map((token) => askFor(url, token)))))
  const asksToSignIn = async () => {
    const body = new URLSearchParams('username=masterbuilder&password=itsnosecret')
    return (await fetch(`${url}/auth`, { method: 'POST', body })).status
  }

  t.test('each session is found where it is, one request at a time', async (t) => {
    for (const token of tokens) t.equal(await visit(url, token), 200)
  })

  t.test('each session is found where it is, all requests at once', async (t) => {
    for (let round = 0; round < 5; round += 1) t.equal(await atOnce(visit, tokens), '60 × 200')
  })

  t.test('signing out ends each session where it is, all at once', async (t) => {
    t.equal(await atOnce(signOut, leaving), '20 × 200')
    t.equal(await atOnce(visit, leaving), '20 × 401')
    t.equal(await atOnce(visit, staying), '40 × 200')
  })

  t.test('who wants to sign in may have to come again', async (t) => {
    const status = await asksToSignIn()
    t.ok(status === 200 || status === 503, `${status}`)
  })

  t.test('a master that hangs on the way takes nobody with it', async (t) => {
    masters.to.pause()
    const asked = [...staying.map((token) => visit(url, token)), asksToSignIn()]
    const { 200: _yes, 503: unknown = 0, ...others } = countOf(await Promise.all(asked))
    t.ok(unknown > 0, 'it was missed')
    t.strictSame(others, {}, 'and no other answer')
    masters.to.resume()
    const allFound = async () => (await atOnce(visit, staying)) === '40 × 200'
    await until(allFound, 'every session is found again')
  })

  t.test('when the move is over, all is as it was', async (t) => {
    await cluster.moveSlot(slot, masters.from, masters.to)
    t.equal(await atOnce(visit, leaving), '20 × 401')
    t.equal(await atOnce(visit, staying), '40 × 200')
    t.equal(await visit(url, await signIn(url)), 200)
  })
})
