import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { uuid } from '../../example/token/checks-claims.ts'
import type { Checks } from '../checks.ts'
import { takesFirstStep } from '../first-step.ts'
import { onOwnRedis, onRedis } from '../session-store/redis-checks.ts'
import { serveWith } from '../session-store/server.ts'
import type * as solution from './solution.ts'

// Each check has a real Redis, and reaches it over a network that takes a moment for every command. What
// a question is about, and which answer it wants, comes with it: isLive(id, about, answer).

const answers: Parameters<typeof takesFirstStep<NonNullable<(typeof solution)['firstStep']>>>[1] = {
  'who is signed in': {
    thinkAgain: 'whoever is not on that list is refused. Look at the first number of each line',
  },
  'who has signed out': 'right',
  both: { thinkAgain: 'in the demonstration one of the two has only zeros in the first column' },
}

export default {
  'first step: which list lets somebody in when Redis forgets'({ firstStep }) {
    takesFirstStep(firstStep, answers)
  },

  'an ended session is not live, and all others are': onRedis(async (sessions) => {
    const [here, there] = [await sessions.start(), await sessions.start()]
    await sessions.isLive(here, 'after start', true)
    await sessions.end(here, 'of a live session', true)
    await sessions.isLive(here, 'of the session that was ended', false)
    await sessions.isLive(there, "of Ada's other session", true)
  }),

  'where there is nothing to end: false, and no harm': onRedis(async (sessions) => {
    const [id, unknown] = [await sessions.start(), randomUUID()]
    await sessions.end(id, 'of a live session', true)
    await sessions.end(id, 'a second time', false)
    await sessions.isLive(id, 'after all that', false)
    await sessions.isLive(unknown, 'of an id that has no record', false)
    await sessions.end(unknown, 'of an id that has no record', false)
    await sessions.isLive(unknown, 'of that id after end', false)
  }),

  'sign-ins at the same moment get ids of their own': onRedis(async (sessions) => {
    const ids = await sessions.startMany(64)
    assert.equal(new Set(ids).size, 64, 'how many ids 64 sign-ins at once get')
    assert.match(`${ids[0]}`, uuid, 'an id of start: the app wants a random UUID')
  }),

  'every key has an expiry: that of its token': onRedis(async (sessions, shop) => {
    const id = await sessions.start(600)
    const asked = 'seconds until Redis forgets each key'
    const begun = `${(await shop.secondsLeft()) || 'no key'}`
    assert.match(begun, /^((59\d|600),?)+$/, `${asked}, after start('ada', 600, now)`)
    await sessions.end(id, 'of a live session', true)
    assert.match(`${await shop.secondsLeft()}`, /^((59\d|600),?)*$/, `${asked}, after end`)
  }),

  'a sign-in that breaks off leaves no key forever': onRedis(async (_, shop) => {
    for (let commands = 1; commands < 10; commands += 1) {
      const { sessions, network } = await shop.another()
      await sessions.start()
      network.cutAfter(commands)
      await Promise.race([sessions.start().catch(() => {}), network.over()])
      const forever = (await shop.secondsLeft()).filter((seconds) => seconds < 0)
      const when = `when the connection ends after command ${commands} of start`
      assert.equal(forever.length, 0, `keys without an expiry, ${when}`)
      if (!network.isCut) return // there are no more
    }
  }),

  'what one server ends, another one refuses at once': onRedis(async (there, shop) => {
    const { sessions: here, network } = await shop.another()
    network.milliseconds = 30 // who asks at the other server is faster
    for (const id of await here.startMany(2)) {
      await there.isLive(id, 'at the other server', true)
      await here.end(id, 'at this one', true)
      await there.isLive(id, 'at the other server after end', false)
    }
  }),

  'a look-up reads one record, however many there are': onRedis(async (_, shop) => {
    const { sessions, network } = await shop.another()
    const some = (await sessions.startMany(201)).slice(0, 20) // who walks may find one of them at once
    const before = network.answered
    assert.equal(await sessions.countLive(some), 20, 'how many of 20 sessions are let in')
    const kilobytes = Math.floor((network.answered - before) / 20 / 1000)
    assert.equal(kilobytes, 0, 'kilobytes that Redis answers to one isLive, among 201 sessions')
  }),

  'when Redis does not answer: an error in time, and neither yes nor no': onRedis(
    async (_, shop) => {
      const during = async (outage: 'hang' | 'cut', when: string) => {
        const { sessions, network } = await shop.another()
        const id = await sessions.start()
        network[outage]()
        await sessions.rejectsAll(id, when)
      }
      const both = [during('hang', 'while Redis hangs'), during('cut', 'while Redis is away')]
      await Promise.allSettled(both) // of two that fail the first is told
      for (const outage of both) await outage
    },
  ),

  'a restart that loses everything brings nobody back': onRedis(async (sessions, shop) => {
    const id = await sessions.start()
    await sessions.end(id, 'before the restart', true)
    const after = await shop.restart()
    await after.isLive(id, 'after the restart, of what was ended', false)
  }),

  'a full memory brings nobody back, and signs nobody out': onOwnRedis(
    async (sessions, shop, { decision }) => {
      const ids = await sessions.startMany(40)
      const [ended, live] = [ids.slice(20), ids.slice(0, 20)]
      for (const id of ended) await sessions.end(id, 'of a live session', true)
      await shop.fill(decision)
      const full = `when the memory is full, with ${decision.whenFull}`
      const [back, stay] = [await sessions.countLive(ended), await sessions.countLive(live)]
      assert.equal(back, 0, `how many of 20 that signed out are let in ${full}`)
      assert.equal(stay, 20, `how many of 20 that are signed in are let in ${full}`)
      await sessions.rejects('start', full)
      const letsStrangersIn = (await sessions.countLive([randomUUID()])) === 1
      const list = letsStrangersIn ? 'who has signed out' : 'who is signed in'
      assert.equal(decision.list, list, 'the list of your decision, beside the one that you wrote')
    },
  ),

  'in the app: an old token is refused': onRedis(async (sessions) => {
    await serveWith(sessions, async (app) => {
      const [here, there] = [await app.signIn(), await app.signIn()]
      await app.visit(here, 'after a sign-in', 200)
      await app.signOut(here)
      await app.visit(here, 'after the sign-out', 401)
      await app.visit(there, "on Ada's phone", 200)
    })
  }),
} satisfies Checks<typeof solution>
