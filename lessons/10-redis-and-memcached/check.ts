import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { uuid } from '../../example/token/checks-claims.ts'
import type { Checks } from '../checks.ts'
import { takesFirstStep } from '../first-step.ts'
import { bearer } from '../mutants/forge.ts'
import { begin, gives, rejects } from '../session-store/gives.ts'
import { onOwnRedis, onRedis, redisMissing } from '../session-store/redis.ts'
import { serveWith } from '../session-store/server.ts'
import type * as solution from './solution.ts'

// Each check has a real Redis, and reaches it over a network that takes a moment for every command.

const answers: Parameters<typeof takesFirstStep<NonNullable<(typeof solution)['firstStep']>>>[1] = {
  'who is signed in': {
    thinkAgain: 'whoever is not on that list is refused. Look at the first number of each line',
  },
  'who has signed out': 'right',
  both: { thinkAgain: 'in the demonstration one of the two has only zeros in the first column' },
}
const now = () => Math.floor(Date.now() / 1000) // Redis forgets by a real clock

export default {
  'first step: which list lets somebody in when Redis forgets'({ firstStep }) {
    takesFirstStep(firstStep, answers)
  },

  async 'an ended session is not live, and all others are'({ connect, createSessions }) {
    await onRedis(connect, async (machine) => {
      const sessions = createSessions(await machine.open())
      const [here, there] = [await begin(sessions, now()), await begin(sessions, now())]
      await gives('isLive, after start', () => sessions.isLive(here, now()), true)
      await gives('end, of a live session', () => sessions.end(here, now()), true)
      await gives(
        'isLive, of the session that was ended',
        () => sessions.isLive(here, now()),
        false,
      )
      await gives("isLive, of Ada's other session", () => sessions.isLive(there, now()), true)
    })
  },

  async 'where there is nothing to end: false, and no harm'({ connect, createSessions }) {
    await onRedis(connect, async (machine) => {
      const sessions = createSessions(await machine.open())
      const id = await begin(sessions, now())
      await gives('end, of a live session', () => sessions.end(id, now()), true)
      await gives('end, a second time', () => sessions.end(id, now()), false)
      await gives('isLive, after all that', () => sessions.isLive(id, now()), false)
      const unknown = randomUUID()
      await gives(
        'isLive, of an id that has no record',
        () => sessions.isLive(unknown, now()),
        false,
      )
      await gives('end, of an id that has no record', () => sessions.end(unknown, now()), false)
      await gives('isLive, of that id after end', () => sessions.isLive(unknown, now()), false)
    })
  },

  async 'sign-ins at the same moment get ids of their own'({ connect, createSessions }) {
    await onRedis(connect, async (machine) => {
      const sessions = createSessions(await machine.open())
      const ids = await Promise.all(Array.from({ length: 64 }, () => begin(sessions, now())))
      assert.equal(new Set(ids).size, 64, 'how many ids 64 sign-ins at once get')
      assert.match(`${ids[0]}`, uuid, 'an id of start: the app wants a random UUID')
    })
  },

  async 'every key has an expiry: that of its token'({ connect, createSessions }) {
    await onRedis(connect, async (machine) => {
      const sessions = createSessions(await machine.open())
      const id = await begin(sessions, now(), 600)
      const seconds = async () => [...(await machine.entries()).values()].map((ttl) => `${ttl}`)
      const asked = 'seconds until Redis forgets each key'
      const [first = 'no key', ...others] = await seconds()
      for (const left of [first, ...others])
        assert.match(left, /^(59\d|6[0-5]\d)$/, `${asked}, after start('ada', 600, now)`)
      await sessions.end(id, now())
      for (const left of await seconds())
        assert.match(left, /^(59\d|6[0-5]\d)$/, `${asked}, after end`)
    })
  },

  async 'a sign-in that breaks off leaves no key forever'({ connect, createSessions }) {
    await onRedis(connect, async (machine) => {
      for (let commands = 1; commands < 10; commands += 1) {
        const { redis, network } = await machine.openOver()
        const sessions = createSessions(redis)
        await begin(sessions, now())
        network.cutAfter(commands)
        await Promise.race([sessions.start('ada', 60, now()).catch(() => {}), network.over()])
        const forever = [...(await machine.entries()).values()].filter((seconds) => seconds < 0)
        const when = `when the connection ends after command ${commands} of start`
        assert.equal(forever.length, 0, `keys without an expiry, ${when}`)
        if (!network.isCut) return // there are no more
      }
    })
  },

  async 'what one server ends, another one refuses at once'({ connect, createSessions }) {
    await onRedis(connect, async (machine) => {
      const { redis, network } = await machine.openOver()
      network.milliseconds = 30 // who asks at the other server is faster
      const [here, there] = [createSessions(redis), createSessions(await machine.open())]
      const ids = await Promise.all([begin(here, now()), begin(here, now())])
      for (const id of ids) {
        await gives('isLive, at the other server', () => there.isLive(id, now()), true)
        await gives('end, at this one', () => here.end(id, now()), true)
        await gives('isLive, at the other server after end', () => there.isLive(id, now()), false)
      }
    })
  },

  async 'a look-up reads one record, however many there are'({ connect, createSessions }) {
    await onRedis(connect, async (machine) => {
      const { redis, network } = await machine.openOver()
      const sessions = createSessions(redis)
      const id = await begin(sessions, now())
      await Promise.all(Array.from({ length: 200 }, () => begin(sessions, now())))
      const before = network.answered
      await gives('isLive, of one among 201 sessions', () => sessions.isLive(id, now()), true)
      const kilobytes = Math.floor((network.answered - before) / 1000)
      assert.equal(kilobytes, 0, 'kilobytes that Redis answers to one isLive, among 201 sessions')
    })
  },

  async 'when Redis does not answer: an error in time, and neither yes nor no'({
    connect,
    createSessions,
  }) {
    await onRedis(connect, async (machine) => {
      const during = async (outage: 'hang' | 'cut', when: string) => {
        const { redis, network } = await machine.openOver()
        const sessions = createSessions(redis)
        const id = await begin(sessions, now())
        network[outage]()
        await Promise.all([
          rejects(`isLive, ${when}`, () => sessions.isLive(id, now())),
          rejects(`end, ${when}`, () => sessions.end(id, now())),
          rejects(`start, ${when}`, () => sessions.start('ada', 60, now())),
        ])
      }
      const both = [during('hang', 'while Redis hangs'), during('cut', 'while Redis is away')]
      await Promise.allSettled(both) // of two that fail the first is told
      for (const outage of both) await outage
    })
  },

  async 'a restart that loses everything brings nobody back'({ connect, createSessions }) {
    await onRedis(connect, async (machine) => {
      const sessions = createSessions(await machine.open())
      const id = await begin(sessions, now())
      await gives('end, before the restart', () => sessions.end(id, now()), true)
      await machine.restart()
      const after = createSessions(await machine.open())
      await gives(
        'isLive after the restart, of what was ended',
        () => after.isLive(id, now()),
        false,
      )
    })
  },

  async 'a full memory brings nobody back, and signs nobody out'(lesson) {
    const { connect, createSessions, decision } = lesson
    const tried = await onOwnRedis(connect, async (machine) => {
      const sessions = createSessions(await machine.open())
      const all = await Promise.all(Array.from({ length: 40 }, () => begin(sessions, now())))
      const [ended, live] = [all.slice(20), all.slice(0, 20)]
      for (const id of ended) await gives('end', () => sessions.end(id, now()), true)
      await machine.fill(decision.whenFull)
      const letIn = async (ids: string[]) =>
        (await Promise.all(ids.map((id) => sessions.isLive(id, now())))).filter(Boolean).length
      const full = `when the memory is full, with ${decision.whenFull}`
      assert.equal(await letIn(ended), 0, `how many of 20 that signed out are let in ${full}`)
      assert.equal(await letIn(live), 20, `how many of 20 that are signed in are let in ${full}`)
      await rejects(`start, ${full}`, () => sessions.start('ada', 60, now()))
      const unknown = await sessions.isLive(randomUUID(), now())
      const list = unknown ? 'who has signed out' : 'who is signed in'
      assert.equal(decision.list, list, 'the list of your decision, beside the one that you wrote')
    })
    if (tried) return
    assert.ok(process.env.REDIS_URL, redisMissing)
    return 'The memory of the Redis in REDIS_URL was not filled. Install one for that: npm run setup'
  },

  async 'in the app: an old token is refused'({ connect, createSessions }) {
    await onRedis(connect, async (machine) => {
      await serveWith(createSessions(await machine.open()), async (server) => {
        const [here, there] = [await server.signIn(), await server.signIn()]
        const visit = async (token: string) => (await server.get('/private', bearer(token))).status
        assert.equal(await visit(here.token), 200, 'the status of GET /private, after a sign-in')
        const { status } = await server.post('/logout', bearer(here.token))
        assert.equal(status, 200, 'the status of POST /logout')
        assert.equal(await visit(here.token), 401, 'the status of GET /private, after the sign-out')
        assert.equal(await visit(there.token), 200, "the status of GET /private on Ada's phone")
      })
    })
  },
} satisfies Checks<typeof solution>
