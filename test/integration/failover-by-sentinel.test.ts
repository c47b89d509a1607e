import t from 'tap'
import { type RedisServer, redisMissing, startRedis } from '../support/redis.ts'
import { startSentinel } from '../support/redis-sentinel.ts'
import { until } from '../support/until.ts'
import { signIn, signOut, visit } from './client.ts'
import { caughtUp, impatient, serverOn } from './on-redis.ts'
import { count } from './outage.ts'

const skip = redisMissing()

const endings: Record<string, (master: RedisServer) => unknown> = {
  'is killed': (master) => master.end('SIGKILL'),
  hangs: (master) => master.pause(),
}

for (const [what, end] of Object.entries(endings)) {
  t.test(`when the master of a Sentinel ${what}, we follow to the next`, { skip }, async (t) => {
    const master = await startRedis(t)
    const replica = await startRedis(t, { replicaOf: master })
    const sentinels = await startSentinel(t, { master })
    const server = await serverOn(t, sentinels, impatient)
    const stays = await signIn(server.url)
    const leaves = await signIn(server.url)
    t.equal(await signOut(server.url, leaves), 200)
    await caughtUp(replica, master)

    // Clients that come all the while, and never guess.
    let over = false
    const seen = { stays: new Set<number>(), leaves: new Set<number>() }
    const client = async (token: string, statuses: Set<number>) => {
      while (!over) statuses.add(await visit(server.url, token))
    }
    const clients = [client(stays, seen.stays), client(leaves, seen.leaves)]

    await end(master)
    const followed = async () => (await sentinels.masterPort()) === replica.port
    await until(followed, 'the replica is the master')
    await until(() => signIn(server.url), 'we write to the new master')
    over = true
    await Promise.all(clients)

    t.same(seen, { stays: new Set([200, 503]), leaves: new Set([401, 503]) })
    t.equal(await visit(server.url, stays), 200, 'the same token works')
    t.equal(await signOut(server.url, stays), 200, 'and ends')
    t.equal(await visit(server.url, stays), 401)
    t.equal(count(server.output(), 'the connection to Redis is back'), 1)
  })
}
