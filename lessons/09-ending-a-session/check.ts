import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { uuid } from '../../example/token/checks-claims.ts'
import type { Checks } from '../checks.ts'
import { takesFirstStep } from '../first-step.ts'
import { now, onDisk } from '../session-store/level-checks.ts'
import { serveWith } from '../session-store/server.ts'
import type * as solution from './solution.ts'

// Each check opens a LevelDB in a temporary folder, and makes your store with it. Every write takes a moment. What a
// question is about, and which answer it wants, comes with it: isLive(id, about, answer), at `now` or another time.

const answers: Parameters<typeof takesFirstStep<NonNullable<(typeof solution)['firstStep']>>>[1] = {
  'a sign-in': {
    thinkAgain: 'then a token has no record. The last line of the demonstration shows one',
  },
  'a sign-out': 'right',
  'a sweep': {
    thinkAgain: 'then records are back that had been forgotten. Is their token still good?',
  },
}

export default {
  'first step: which loss lets Mallory in'({ firstStep }) {
    takesFirstStep(firstStep, answers)
  },

  'a session is live from its start until it expires': onDisk(async (sessions) => {
    const id = await sessions.start(60)
    await sessions.isLive(id, 'after start', true)
    await sessions.isLive(id, 'a second before it expires', true, now + 59)
    await sessions.isLive(id, 'in the second it expires', false, now + 60)
  }),

  'sign-ins at the same moment get ids of their own': onDisk(async (sessions) => {
    const ids = await sessions.startMany(64)
    assert.equal(new Set(ids).size, 64, 'how many ids 64 sign-ins at once get')
    assert.match(`${ids[0]}`, uuid, 'an id of start: the app wants a random UUID')
  }),

  'an ended session is not live, and all others are': onDisk(async (sessions) => {
    const [here, there] = [await sessions.start(), await sessions.start()]
    await sessions.end(here, 'of a live session', true)
    await sessions.isLive(here, 'of the session that was ended', false)
    await sessions.isLive(there, "of Ada's other session", true)
  }),

  'where there is nothing to end: false, and no harm': onDisk(async (sessions) => {
    const [id, expired] = [await sessions.start(), await sessions.start(60)]
    await sessions.end(id, 'of a live session', true)
    await sessions.end(id, 'a second time', false)
    await sessions.end(id, 'a third time', false)
    await sessions.isLive(id, 'after all that', false)
    const unknown = randomUUID()
    await sessions.isLive(unknown, 'of an id that has no record', false)
    await sessions.end(unknown, 'of an id that has no record', false)
    await sessions.isLive(unknown, 'of that id after end', false)
    await sessions.end(expired, 'of an expired session', false, now + 60)
  }),

  'of two sign-outs at the same moment, one ends the session': onDisk(async (sessions) => {
    const id = await sessions.start()
    const endings = await sessions.countEndings(id, 2)
    assert.equal(endings, 1, 'to how many of two sign-outs at the same moment end says true')
    await sessions.isLive(id, 'after both', false)
  }),

  'a restart changes nothing': onDisk(async (before, machine) => {
    const [stays, ends] = [await before.start(), await before.start()]
    await before.end(ends, 'before the restart', true)
    const after = await machine.restart()
    await after.isLive(stays, 'after a restart', true)
    await after.isLive(ends, 'after a restart, of what was ended before', false)
    await after.end(stays, 'after a restart', true)
    await after.isLive(stays, 'after that end', false)
  }),

  'whoever has an id has a record, although the process is killed': onDisk(
    async (before, machine) => {
      const id = await before.start()
      const after = await machine.kill()
      await after.isLive(id, 'of an id that start gave before the process was killed', true)
    },
  ),

  'what was ended stays so, although the power fails': onDisk(async (before, machine) => {
    const id = await before.start()
    const again = await machine.restart() // the record of the sign-in is safe
    await again.end(id, 'before the power fails', true)
    const after = await machine.cutPower()
    await after.isLive(id, 'after the power has failed, of what was ended', false)
  }),

  'what LevelDB cannot do is told: an error, and neither yes nor no': onDisk(
    async (sessions, machine) => {
      const id = await sessions.start()
      machine.fill()
      await sessions.rejects('start', 'while the disk is full')
      await sessions.rejects('end', 'while the disk is full', id)
      await machine.close()
      await sessions.rejects('isLive', 'while the records are out of reach', id)
    },
  ),

  'a sweep forgets what has expired, and nothing else': onDisk(async (sessions, machine) => {
    const begun = 999_999_940
    for (const lifetimeSeconds of [10, 20]) await sessions.start(lifetimeSeconds, begun)
    const long = await sessions.start(60, begun)
    const of = ' of sessions that last until 999999950, 999999960 and 1000000000'
    await sessions.sweep(begun + 9, of, 0)
    await sessions.sweep(begun + 20, of, 2)
    await sessions.sweep(begun + 20, ', once more', 0)
    await sessions.isLive(long, 'of the third', true, begun + 20)
    await sessions.end(long, 'of the third', true, begun + 20)
    await sessions.sweep(begun + 59, ', a second before the third expires, which was ended', 0)
    await sessions.isLive(long, 'of the third, after that sweep', false, begun + 59)
    await sessions.store.sweep(begun + 60) // 1, or 0 where end has deleted it
    assert.deepEqual(await machine.entries(), [], 'what is in LevelDB when all has been swept')
  }),

  'in the app: an old token is refused': onDisk(async (sessions) => {
    await serveWith(sessions, async (app) => {
      const [here, there] = [await app.signIn(), await app.signIn()]
      await app.visit(here, 'after a sign-in', 200)
      await app.signOut(here)
      await app.visit(here, 'after the sign-out', 401)
      await app.visit(there, "on Ada's phone", 200)
    })
  }),
} satisfies Checks<typeof solution>
