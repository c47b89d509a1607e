import { randomUUID } from 'node:crypto'
import { Level } from 'level'
import t from 'tap'
import { LevelStore } from '../../example/store/level/store.ts'
import { Turns } from '../../example/store/turns.ts'
import checks from '../../lessons/09-ending-a-session/check.ts'
import * as exercise from '../../lessons/09-ending-a-session/exercise.ts'
import * as solution from '../../lessons/09-ending-a-session/solution.ts'
import type { SessionStore } from '../../lessons/session-store/types.ts'
import { alsoRefused } from './also-refused.ts'
import { asInTheApp } from './as-in-the-app.ts'
import { prove } from './prove.ts'
import { failureOf, learnersRead } from './what-learners-read.ts'

type Lesson = typeof solution
type Database = Level<string, string>

const { firstStep } = solution

interface Session {
  readonly valid: boolean
  readonly expiresAt: number
}

type End = SessionStore['end']

/** All sign-outs in a row, of whichever session. */
function oneByOne(end: End): End {
  let last: Promise<unknown> = Promise.resolve()
  return (id, now) => {
    const ended = last.then(() => end(id, now))
    last = ended.catch(() => {})
    return ended
  }
}

/** Deletes at the sign-out, walks over all in a sweep, and waits for the disk each time. */
const forgetful = (db: Database): SessionStore => ({
  async start(_subject, lifetimeSeconds, now) {
    const id = randomUUID()
    await db.put(id, `${now + lifetimeSeconds}`, { sync: true })
    return id
  },
  isLive: async (id, now) => now < Number(await db.get(id)),
  end: oneByOne(async (id, now) => {
    const live = now < Number(await db.get(id))
    if (live) await db.del(id, { sync: true })
    return live
  }),
  async sweep(now) {
    let count = 0
    for await (const [id, expiresAt] of db.iterator())
      if (Number(expiresAt) <= now) {
        await db.del(id)
        count += 1
      }
    return count
  },
})

/** Two sublevels, values that LevelDB turns into JSON, and batches in a chain. */
const bySublevels = (db: Database): SessionStore => {
  const records = db.sublevel<string, Session>('records', { valueEncoding: 'json' })
  const ended = db.sublevel('ended')
  const turns = new Turns()
  return {
    async start(_subject, lifetimeSeconds, now) {
      const id = randomUUID()
      await records.put(id, { valid: true, expiresAt: now + lifetimeSeconds })
      return id
    },
    async isLive(id, now) {
      const expiresAt = (await records.get(id))?.expiresAt ?? now
      return now < expiresAt && (await ended.get(id)) === undefined
    },
    end(id, now) {
      return turns.take(id, async () => {
        if (!(await this.isLive(id, now))) return false
        await db.batch().put(id, '', { sublevel: ended }).write({ sync: true })
        return true
      })
    },
    async sweep(now) {
      const all = await records.iterator().all()
      const over = all.filter(([, { expiresAt }]) => expiresAt <= now).map(([id]) => id)
      const from = (sublevel: typeof records | typeof ended) =>
        over.map((key) => ({ type: 'del', key, sublevel }) as const)
      await db.batch<string, string>([...from(records), ...from(ended)], {})
      return over.length
    },
  }
}

/** The solution, with these methods in the place of its own. */
function but(change: (db: Database, own: SessionStore) => Partial<SessionStore>): Lesson {
  return {
    firstStep,
    createSessions(db) {
      const own = solution.createSessions(db)
      return { ...own, ...change(db, own) }
    },
  }
}

/** The solution, on a database that writes in another way. */
function writing(
  change: (own: Pick<Database, 'put' | 'batch'>) => { put?: unknown; batch?: unknown },
): Lesson {
  return {
    firstStep,
    createSessions(db) {
      const own = { put: db.put.bind(db), batch: db.batch.bind(db) }
      return solution.createSessions(Object.assign(db, change(own)))
    },
  }
}

const answersBeforeWrite = writing(({ batch }) => ({
  batch: async (...all: []) => void batch(...all),
}))

const flushesNothing = writing(({ put }) => ({
  put: (key: string, value: string) => put(key, value),
}))

const yesOnFullDisk = writing(({ put }) => ({
  put: (...all: Parameters<typeof put>) => put(...all).catch(() => {}),
}))

/** Each of them looks, and then each of them writes. */
const racing = but((db, own) => ({
  async end(id, now) {
    if (!(await own.isLive(id, now))) return false
    await db.put(`r:${id}`, '{"valid":false}', { sync: true })
    return true
  },
}))

/** A record that says nothing but that it has ended, and a walk that takes it for one that is over. */
const endedIsOver = but((db, own) => ({
  end: oneByOne(async (id, now) => {
    const live = await own.isLive(id, now)
    if (live) await db.put(`r:${id}`, '{"valid":false}', { sync: true })
    return live
  }),
  async sweep(now) {
    const records = await db.iterator({ gt: 'r:', lt: 's' }).all()
    const over = records.filter(([, text]) => !(JSON.parse(text).expiresAt > now))
    for (const [key] of over) await db.del(key)
    const index = await db.keys({ gt: 'x:', lt: `x:${`${now + 1}`.padStart(16, '0')}` }).all()
    for (const key of index) await db.del(key)
    return over.length
  },
}))

const endsNothing = but(() => ({ end: async () => true }))

const inMemory: Lesson = {
  firstStep,
  createSessions() {
    const records = new Map<string, number>()
    return {
      async start(_subject, lifetimeSeconds, now) {
        const id = randomUUID()
        records.set(id, now + lifetimeSeconds)
        return id
      },
      isLive: async (id, now) => now < (records.get(id) ?? 0),
      end: async (id, now) => now < (records.get(id) ?? 0) && records.delete(id),
      sweep: async () => 0,
    }
  },
}

/** As the original did: an object that becomes the text "[object Object]", which nobody can read again. */
const objectAsText = but((db, own) => ({
  isLive: (id, now) => own.isLive(id, now).catch(() => false),
  async end(id, now) {
    const live = await own.isLive(id, now)
    if (live) await db.put(`r:${id}`, `${{ valid: false }}`, { sync: true })
    return live
  },
}))

/** As the original did: ids are the time of day. */
const idsFromTheClock = but((db) => ({
  async start(_subject, lifetimeSeconds, now) {
    const time = Date.now().toString(16).padStart(12, '0')
    const id = `00000000-0000-4000-8000-${time}`
    await db.put(`r:${id}`, JSON.stringify({ valid: true, expiresAt: now + lifetimeSeconds }))
    return id
  },
}))

const inApp = 'in the app: an old token is refused'
const atOnce = 'of two sign-outs at the same moment, one ends the session'
const restart = 'a restart changes nothing'
const power = 'what was ended stays so, although the power fails'
const second = 'where there is nothing to end: false, and no harm'
const told = 'what LevelDB cannot do is told: an error, and neither yes nor no'
const sweeping = 'a sweep forgets what has expired, and nothing else'
const ids = 'sign-ins at the same moment get ids of their own'
const killed = 'whoever has an id has a record, although the process is killed'

prove<Lesson>(t, {
  checks,
  right: {
    'the solution': solution,
    'deleting, walking, and always waiting': { firstStep, createSessions: forgetful },
    'sublevels, JSON and a chain': { firstStep, createSessions: bySublevels },
    'the code of the app': {
      firstStep,
      createSessions: (db) => asInTheApp(new LevelStore(db)),
    },
  },
  wrong: {
    'first step: which loss lets Mallory in': { ...solution, firstStep: 'a sweep' },
    'a session is live from its start until it expires': but((_db, own) => ({
      isLive: (id, now) => own.isLive(id, now - 1), // <= in the place of <
    })),
    'an ended session is not live, and all others are': endsNothing,
    [ids]: idsFromTheClock,
    [second]: objectAsText,
    [atOnce]: racing,
    [restart]: inMemory,
    [killed]: answersBeforeWrite,
    [power]: flushesNothing,
    [told]: yesOnFullDisk,
    [sweeping]: but((db) => ({
      async sweep(now) {
        const keys = await db.keys({ gt: 'x:', lt: `x:${now + 1}` }).all()
        await db.batch(keys.map((key) => ({ type: 'del', key })))
        return keys.length
      },
    })),
    [inApp]: endsNothing,
  },
})

/** Signs out, as it should, and takes nobody's word for it but its own. */
const signOutsInMemory = but((_db, own) => {
  const ended = new Set<string>()
  return {
    isLive: async (id, now) => !ended.has(id) && (await own.isLive(id, now)),
    async end(id, now) {
      const live = !ended.has(id) && (await own.isLive(id, now))
      ended.add(id)
      return live
    },
  }
})

/** A list of what has ended: whoever is not on it is let in. */
const denyList = but((db) => ({
  isLive: async (id, now) => {
    const text = await db.get(`r:${id}`)
    return text === undefined || (JSON.parse(text).valid && now < JSON.parse(text).expiresAt)
  },
}))

const unknownThrows = but((db) => ({
  async end(id) {
    const session = JSON.parse(`${await db.get(`r:${id}`)}`)
    if (session.valid)
      await db.put(`r:${id}`, JSON.stringify({ ...session, valid: false }), { sync: true })
    return session.valid
  },
}))

let last = 0
alsoRefused<Lesson, string>(t, checks, {
  'an unknown session that ends the process': [second, unknownThrows],
  'a deny-list': [second, denyList],
  'a counter': [ids, but(() => ({ start: async () => `${++last}` }))],
  'sign-outs in memory': [restart, signOutsInMemory],
  'a sign-out that is answered before it is written': [
    power,
    but((db, own) => ({
      async end(id, now) {
        const live = await own.isLive(id, now)
        if (live) void db.put(`r:${id}`, '{"valid":false}', { sync: true })
        return live
      },
    })),
  ],
  'no is said where nobody knows': [
    told,
    but((_db, own) => ({ isLive: (id, now) => own.isLive(id, now).catch(() => false) })),
  ],
  'a sweep that only counts': [
    sweeping,
    but((db) => ({
      sweep: async (now) =>
        (await db.keys({ gt: 'x:', lt: `x:${`${now + 1}`.padStart(16, '0')}` }).all()).length,
    })),
  ],
  'a sweep of everything': [sweeping, but((db) => ({ sweep: () => db.clear().then(() => 0) }))],
  'a sweep that leaves half of it': [
    sweeping,
    but((db, own) => ({
      async sweep(now) {
        const records = await db.iterator({ gt: 'r:', lt: 's' }).all()
        const count = await own.sweep(now)
        await db.batch(records.map(([key, value]) => ({ type: 'put', key, value })))
        return count
      },
    })),
  ],
})

learnersRead(t, checks, {
  'a sign-out that ends nothing': [
    endsNothing,
    { said: 'isLive, of the session that was ended', actual: 'true', expected: 'false' },
  ],
  'ids from the clock': [
    idsFromTheClock,
    { said: 'how many ids 64 sign-ins at once get', expected: '64' },
  ],
  'an object as text, ended twice': [
    objectAsText,
    {
      said: /^end, a second time: it threw SyntaxError: "\[object Object\]" is not valid JSON/,
      expected: undefined,
    },
  ],
  'two sign-outs that both look before they write': [
    racing,
    {
      said: 'to how many of two sign-outs at the same moment end says true',
      actual: '2',
      expected: '1',
    },
  ],
  'an ended session that a sweep takes for one that is over': [
    endedIsOver,
    {
      said: 'sweep(999999999), a second before the third expires, which was ended',
      actual: '1',
      expected: '0',
    },
  ],
  'records in memory': [
    inMemory,
    { said: 'isLive, after a restart', actual: 'false', expected: 'true' },
  ],
  'no id': [
    but(() => ({ start: async () => '' })),
    {
      said: "start('ada', 60, now)",
      actual: '""',
      expected: '"an id: a text that is not empty"',
    },
  ],
  'an answer before the write': [
    answersBeforeWrite,
    { said: 'isLive, after start', actual: 'false', expected: 'true' },
  ],
  'a write that nobody waits for': [
    flushesNothing,
    {
      said: 'isLive, after the power has failed, of what was ended',
      actual: 'true',
      expected: 'false',
    },
  ],
  'writes without an end': [
    but((db, own) => ({
      async isLive(id, now) {
        const goOn = async () => {
          for (;;) await db.put('r:', '')
        }
        void goOn()
        return await own.isLive(id, now)
      },
    })),
    { said: /^your store goes on writing after its last answer/, expected: undefined },
  ],
  'a database of its own': [
    but((db, own) => ({
      async end(id, now) {
        await new Level(db.location).open()
        return own.end(id, now)
      },
    })),
    {
      said: /^end, of a live session: it threw Error: Database failed to open, because of Error: IO error: lock/,
      expected: undefined,
    },
  ],
  'a yes on a full disk': [
    yesOnFullDisk,
    { said: 'end, while the disk is full', actual: 'true', expected: '"an error that is thrown"' },
  ],
  'yes to everything, as shipped': [
    { ...exercise, firstStep },
    { said: 'isLive, in the second it expires' },
  ],
})

t.test('what was thrown shows where, and a refused request what came', async (t) => {
  const thrown = await failureOf(checks, unknownThrows)
  t.match(thrown.stack, /check\.ts:\d+.*09-ending-a-session\.test\.ts:\d+/s)
  const { exchange } = await failureOf(checks, endsNothing, inApp)
  t.hasStrict(exchange, { request: { path: '/private' }, answer: { status: 200 } })
})
