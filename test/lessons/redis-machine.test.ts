// The machine of lesson 10: a Redis that the checks start, or the one of REDIS_URL, which is somebody's.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import t from 'tap'
import checks from '../../lessons/10-redis-and-memcached/check.ts'
import * as solution from '../../lessons/10-redis-and-memcached/solution.ts'
import { type Checks, runChecks } from '../../lessons/checks.ts'
import { lendOwnRedis, lendRedis } from '../../lessons/session-store/redis.ts'
import type { RedisMachine } from '../../lessons/session-store/redis-machine.ts'
import { startRedisServer } from '../../lessons/session-store/redis-server.ts'
import { rehearse } from '../../scripts/lessons/rehearse.ts'
import { environment } from '../support/environment.ts'
import { temporaryFolder } from '../support/folder.ts'
import { redisMissing, startRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'

const skip = redisMissing()

/** What the checks say of our answer: all but those that pass in silence. */
async function said() {
  const said: string[] = []
  for await (const { failure, remark } of runChecks(checks, solution))
    said.push(...[failure?.said, remark].flatMap((words) => words ?? []))
  return said
}

for (const path of ['', '/bin-without-redis'])
  t.test(
    `without a Redis, with PATH "${path}": what installs one, and what names one`,
    async (t) => {
      environment(t, { PATH: path, REDIS_URL: '' })
      const all = await said()
      t.equal(all.length, Object.keys(checks).length - 1, 'every check but the first step')
      const either =
        'no Redis was found. Install one: npm run setup. Or name one: REDIS_URL=redis://127.0.0.1:6379 npm run learn'
      t.same(new Set(all), new Set([either]), 'is told')
    },
  )

t.test('without a Redis, the demonstration says so and ends with 1', async (t) => {
  environment(t, { PATH: '/bin-without-redis' })
  const demo = import.meta.resolve('../../lessons/10-redis-and-memcached/demo.ts')
  t.same(await rehearse(demo, []), {
    out: 'Cannot show what Redis forgets: no Redis was found. Install one: npm run setup\n',
    err: '',
    code: 1,
  })
})

t.test('on the Redis of REDIS_URL', { skip }, async (t) => {
  const redis = await startRedis(t, { password: 'of-redis-for-tests-5uQ' })
  await redis.command('SET', 'session:of-somebody', 'theirs')
  environment(t, { REDIS_URL: redis.url })

  t.test('all checks pass, and what is theirs stays', async (t) => {
    t.same(await said(), [], 'nobody complains')
    t.same(await redis.command('KEYS', '*'), ['session:of-somebody'], 'no key of ours is left')
    t.same(await redis.command('CONFIG', 'GET', 'maxmemory'), ['maxmemory', '0'], 'no setting')
  })

  t.test('its memory is not filled where no other can be started', async (t) => {
    environment(t, { PATH: '' })
    t.same(await said(), [
      'The memory of the Redis in REDIS_URL was not filled: no Redis was found. Install one: npm run setup',
    ])
    t.same(await redis.command('KEYS', '*'), ['session:of-somebody'])
  })

  t.test('one that is away is named, without its password', async (t) => {
    environment(t, { REDIS_URL: 'redis://:of-redis-for-tests-5uQ@127.0.0.1:1' })
    const asked = lendRedis(solution.connect, async (machine) => void (await machine.open()))
    await t.rejects(asked, { message: 'the Redis of REDIS_URL does not answer' })
  })
})

t.test('the checks of a run share a Redis of their own', { skip }, async (t) => {
  const ports = new Set<number>()
  const asked = (what: (machine: RedisMachine) => Promise<unknown>) => async () => {
    await lendOwnRedis(solution.connect, async (machine) => {
      const redis = await machine.open()
      const said = String(await machine.asAdmin().info('server'))
      ports.add(Number(/tcp_port:(\d+)/.exec(said)?.[1]))
      t.same(await redis.keys('*'), [], 'which is as it was')
      t.same(await machine.asAdmin().config('GET', 'maxmemory'), ['maxmemory', '0'])
      await redis.set('left', '')
      await what(machine)
    })
    return undefined
  }
  const run = async (checks: Checks<object>) => {
    ports.clear()
    for await (const { failure } of runChecks(checks, {})) t.equal(failure?.said, undefined)
  }

  await run({
    leaves: asked(async () => {}),
    fills: asked((machine) => machine.fill('allkeys-lru')),
    looks: asked(async () => {}),
  })
  t.equal(ports.size, 1, 'one for all')
  for (const port of ports) t.equal(await isThere(port), false, 'which ends with the last')

  await run({
    ends: asked(async (machine) =>
      machine
        .asAdmin()
        .shutdown('NOSAVE')
        .catch(() => {}),
    ),
    looks: asked(async () => {}),
  })
  t.equal(ports.size, 2, 'and another one, where the store has ended it')
})

t.test('a Redis ends with who started it, and with who is killed', { skip }, async (t) => {
  const folder = temporaryFolder(t)
  const server = await startRedisServer(folder)
  t.equal(await isThere(server?.port), true, 'it has started')
  await server?.end()
  t.equal(await isThere(server?.port), false, 'it has ended')

  const program = `
    const { startRedisServer } = await import('${import.meta.resolve('../../lessons/session-store/redis-server.ts')}')
    const { port } = await startRedisServer('${folder}')
    console.log(port)`
  const loader = `--import=${import.meta.resolve('../../example/typescript.mjs')}`
  const child = spawn(process.execPath, [loader, '--input-type=module', '--eval', program], {
    env: { PATH: process.env.PATH ?? '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(child.stdout, 'data')
  t.equal(await isThere(Number(line)), true, 'another one has started')
  child.kill('SIGKILL')
  await until(async () => !(await isThere(Number(line))), 'Redis has ended, too')
})

async function isThere(port = 0): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  const there = await once(socket, 'connect').then(
    () => true,
    () => false,
  )
  socket.destroy()
  return there
}
