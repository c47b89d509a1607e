import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { uuid } from '../../example/token/checks-claims.ts'
import type { Checks } from '../checks.ts'
import { takesFirstStep } from '../first-step.ts'
import { bearer } from '../mutants/forge.ts'
import { onDisk } from '../session-store/disk.ts'
import { begin, gives, rejects } from '../session-store/gives.ts'
import { serveWith } from '../session-store/server.ts'
import type * as solution from './solution.ts'

// Each check opens a LevelDB in a temporary folder, and makes your store with it. Every write takes a moment.

const answers: Parameters<typeof takesFirstStep<NonNullable<(typeof solution)['firstStep']>>>[1] = {
  'a sign-in': {
    thinkAgain: 'then a token has no record. The last line of the demonstration shows one',
  },
  'a sign-out': 'right',
  'a sweep': {
    thinkAgain: 'then records are back that had been forgotten. Is their token still good?',
  },
}
const now = 2_000_000_000

export default {
  'first step: which loss lets Mallory in'({ firstStep }) {
    takesFirstStep(firstStep, answers)
  },

  async 'a session is live from its start until it expires'({ createSessions }) {
    await onDisk(async (disk) => {
      const sessions = createSessions(await disk.open())
      const id = await begin(sessions, now, 60)
      await gives('isLive, after start', () => sessions.isLive(id, now), true)
      await gives('isLive, a second before it expires', () => sessions.isLive(id, now + 59), true)
      await gives('isLive, in the second it expires', () => sessions.isLive(id, now + 60), false)
    })
  },

  async 'sign-ins at the same moment get ids of their own'(lesson) {
    await onDisk(async (disk) => {
      const sessions = lesson.createSessions(await disk.open())
      const ids = await Promise.all(Array.from({ length: 64 }, () => begin(sessions, now)))
      assert.equal(new Set(ids).size, 64, 'how many ids 64 sign-ins at once get')
      assert.match(`${ids[0]}`, uuid, 'an id of start: the app wants a random UUID')
    })
  },

  async 'an ended session is not live, and all others are'({ createSessions }) {
    await onDisk(async (disk) => {
      const sessions = createSessions(await disk.open())
      const [here, there] = [await begin(sessions, now), await begin(sessions, now)]
      await gives('end, of a live session', () => sessions.end(here, now), true)
      await gives('isLive, of the session that was ended', () => sessions.isLive(here, now), false)
      await gives("isLive, of Ada's other session", () => sessions.isLive(there, now), true)
    })
  },

  async 'where there is nothing to end: false, and no harm'({ createSessions }) {
    await onDisk(async (disk) => {
      const sessions = createSessions(await disk.open())
      const id = await begin(sessions, now)
      await gives('end, of a live session', () => sessions.end(id, now), true)
      await gives('end, a second time', () => sessions.end(id, now), false)
      await gives('end, a third time', () => sessions.end(id, now), false)
      await gives('isLive, after all that', () => sessions.isLive(id, now), false)
      const unknown = randomUUID()
      await gives('isLive, of an id that has no record', () => sessions.isLive(unknown, now), false)
      await gives('end, of an id that has no record', () => sessions.end(unknown, now), false)
      await gives('isLive, of that id after end', () => sessions.isLive(unknown, now), false)
      const expired = await begin(sessions, now)
      await gives('end, of an expired session', () => sessions.end(expired, now + 60), false)
    })
  },

  async 'a restart changes nothing'({ createSessions }) {
    await onDisk(async (disk) => {
      const before = createSessions(await disk.open())
      const [stays, ends] = [await begin(before, now), await begin(before, now)]
      await gives('end, before the restart', () => before.end(ends, now), true)
      const after = createSessions(await disk.restart())
      await gives('isLive, after a restart', () => after.isLive(stays, now), true)
      await gives(
        'isLive after a restart, of what was ended before',
        () => after.isLive(ends, now),
        false,
      )
      await gives('end, after a restart', () => after.end(stays, now), true)
      await gives('isLive, after that end', () => after.isLive(stays, now), false)
    })
  },

  async 'whoever has an id has a record, although the process is killed'({ createSessions }) {
    await onDisk(async (disk) => {
      const before = createSessions(await disk.open())
      const id = await begin(before, now)
      const after = createSessions(await disk.kill())
      await gives(
        'isLive, of an id that start gave before the process was killed',
        () => after.isLive(id, now),
        true,
      )
    })
  },

  async 'what was ended stays so, although the power fails'({ createSessions }) {
    await onDisk(async (disk) => {
      const before = createSessions(await disk.open())
      const id = await begin(before, now)
      const again = createSessions(await disk.restart()) // the record of the sign-in is safe
      await gives('end, before the power fails', () => again.end(id, now), true)
      const after = createSessions(await disk.cutPower())
      await gives(
        'isLive after the power has failed, of what was ended',
        () => after.isLive(id, now),
        false,
      )
    })
  },

  async 'what LevelDB cannot do is told: an error, and neither yes nor no'({ createSessions }) {
    await onDisk(async (disk) => {
      const sessions = createSessions(await disk.open())
      const id = await begin(sessions, now)
      disk.fill()
      await rejects('start, while the disk is full', () => sessions.start('ada', 60, now))
      await rejects('end, while the disk is full', () => sessions.end(id, now))
      await disk.close()
      await rejects('isLive, while the records are out of reach', () => sessions.isLive(id, now))
    })
  },

  async 'a sweep forgets what has expired, and nothing else'({ createSessions }) {
    await onDisk(async (disk) => {
      const sessions = createSessions(await disk.open())
      const begun = 999_999_940
      for (const lifetimeSeconds of [10, 20]) await begin(sessions, begun, lifetimeSeconds)
      const long = await begin(sessions, begun, 60)
      const until = 'sessions that last until 999999950, 999999960 and 1000000000'
      await gives(`sweep(999999949) of ${until}`, () => sessions.sweep(begun + 9), 0)
      await gives(`sweep(999999960) of ${until}`, () => sessions.sweep(begun + 20), 2)
      await gives('sweep(999999960), once more', () => sessions.sweep(begun + 20), 0)
      await gives('isLive, of the third', () => sessions.isLive(long, begun + 20), true)
      await gives('end, of the third', () => sessions.end(long, begun + 20), true)
      await sessions.sweep(begun + 59)
      await gives(
        'isLive, of the third, after a sweep',
        () => sessions.isLive(long, begun + 59),
        false,
      )
      await sessions.sweep(begun + 60)
      assert.deepEqual(await disk.entries(), [], 'what is in LevelDB when all has been swept')
    })
  },

  async 'in the app: an old token is refused'({ createSessions }) {
    await onDisk(async (disk) => {
      await serveWith(createSessions(await disk.open()), async (server) => {
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
