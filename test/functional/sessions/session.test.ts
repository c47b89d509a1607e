import t, { type Test } from 'tap'
import { isLive, Sessions } from '../../../example/sessions/session.ts'
import { RecordDamaged, StoreUnavailable } from '../../../example/store/errors.ts'
import { openStore } from '../../../example/store/open.ts'
import { liveSession, NOW, SESSION_ID } from '../../support/fixtures.ts'

async function open() {
  const store = await openStore('memory:')
  return { store, sessions: new Sessions(store) }
}

const ada = { subject: 'ada', lifetimeSeconds: 60, agent: 'Firefox', address: '192.0.2.1' }
const keyOf = (id: string) => ({ kind: 'session', owner: 'ada', id })

t.test('start()', async (t) => {
  t.test('writes a record of who, when, how long, and with what', async (t) => {
    const { sessions } = await open()
    const id = await sessions.start(ada, NOW)
    t.same(await sessions.find('ada', id, NOW), {
      id,
      valid: true,
      subject: 'ada',
      createdAt: NOW,
      expiresAt: NOW + 60,
      agent: 'Firefox',
      address: '192.0.2.1',
    })
  })

  t.test('resolves after the record is written: it can be read at once', async (t) => {
    const { store, sessions } = await open()
    const id = await sessions.start(ada, NOW)
    t.ok(await store.get(keyOf(id)))
  })

  t.test('leaves out an address that is not known', async (t) => {
    const { sessions } = await open()
    const id = await sessions.start({ ...ada, address: undefined }, NOW)
    t.notOk('address' in ((await sessions.look('ada', id, NOW))?.record ?? {}))
  })

  t.test('never takes over a record that is there already', async (t) => {
    const { store, sessions } = await open()
    store.insert = () => Promise.resolve(false)
    await t.rejects(sessions.start(ada, NOW), {
      message: /^Cannot start the session: its random id is taken$/,
    })
  })

  t.test('keeps 200 characters of what a client calls itself', async (t) => {
    const { sessions } = await open()
    const id = await sessions.start({ ...ada, agent: 'x'.repeat(10_000) }, NOW)
    t.equal((await sessions.look('ada', id, NOW))?.record.agent, 'x'.repeat(200))
  })
})

t.test('find()', async (t) => {
  t.test('gives the live session of this subject with this id', async (t) => {
    const { store, sessions } = await open()
    await liveSession(store)
    t.hasStrict(await sessions.find('ada', SESSION_ID, NOW), { subject: 'ada', valid: true })
  })

  t.test('lives until the second before it expires', async (t) => {
    const { store, sessions } = await open()
    await liveSession(store)
    t.ok(await sessions.find('ada', SESSION_ID, NOW + 3599))
    t.equal(await sessions.find('ada', SESSION_ID, NOW + 3600), undefined)
  })

  // A longer list is in test/security/session-allow-list.test.ts.
  const absent: Record<string, string> = {
    'that has ended': JSON.stringify({ ...session(), valid: false }),
    'that has expired': JSON.stringify({ ...session(), expiresAt: NOW }),
  }
  for (const [what, record] of Object.entries(absent)) {
    t.test(`counts a record ${what} as absent`, async (t) => {
      const { store, sessions } = await open()
      await store.insert(keyOf(SESSION_ID), record)
      t.equal(await sessions.find('ada', SESSION_ID, NOW), undefined)
      t.equal(await sessions.end('ada', SESSION_ID, NOW), undefined, 'and there is nothing to end')
      t.equal(await store.get(keyOf(SESSION_ID)), record, 'and nothing is changed')
    })
  }

  t.test('does not guess for a store that cannot say', async (t) => {
    const { store, sessions } = await open()
    const broken = new StoreUnavailable('read the record')
    store.get = () => Promise.reject(broken)
    t.equal(await sessions.find('ada', SESSION_ID, NOW).catch((error) => error), broken)
  })
})

t.test('look() shows a record as it stands, live or not', async (t) => {
  const { store, sessions } = await open()
  await liveSession(store, { valid: false })
  t.hasStrict(await sessions.look('ada', SESSION_ID, NOW), {
    record: { valid: false, subject: 'ada' },
    live: false,
  })
  t.equal(await sessions.look('bob', SESSION_ID, NOW), undefined)
})

t.test('isLive() asks the record and the clock', async (t) => {
  t.equal(isLive(session(), NOW), true)
  t.equal(isLive({ ...session(), valid: false }, NOW), false)
  t.equal(isLive(session(), NOW + 3600), false)
})

function session() {
  const times = { createdAt: NOW, expiresAt: NOW + 3600 }
  return { id: SESSION_ID, valid: true, subject: 'ada', ...times, agent: '' }
}

t.test('a record that is not one of ours', async (t) => {
  const records: Record<string, string> = {
    'of another subject': JSON.stringify({ ...session(), subject: 'bob' }),
    'of another session of this subject': JSON.stringify({ ...session(), id: 'another' }),
    'that is half written': JSON.stringify(session()).slice(0, -7),
    'of another shape': JSON.stringify({ ...session(), valid: 'true' }),
  }
  for (const [what, record] of Object.entries(records)) {
    t.test(`${what} is damaged, and nothing is changed`, async (t) => {
      const { store, sessions } = await open()
      await store.insert(keyOf(SESSION_ID), record)
      await refusedAsDamaged(t, sessions, SESSION_ID)
      t.equal(await store.get(keyOf(SESSION_ID)), record)
    })
  }
})

t.test('a record whose bytes are damaged ends in signing in again', async (t) => {
  const { store, sessions } = await open()
  const id = await sessions.start(ada, NOW)
  store.get = () => Promise.reject(new RecordDamaged())
  await refusedAsDamaged(t, sessions, id)
})

async function refusedAsDamaged(t: Test, sessions: Sessions, id: string): Promise<void> {
  for (const ask of ['find', 'end'] as const) {
    const error: unknown = await sessions[ask]('ada', id, NOW).catch((error) => error)
    t.ok(error instanceof RecordDamaged, `which ${ask}() says, so that the log can`)
  }
  t.equal(await sessions.look('ada', id, NOW), undefined)
}

t.test('start() of a subject that may have so many sessions', async (t) => {
  const areLive = async (sessions: Sessions, ids: string[], now: number) => {
    const found = await Promise.all(ids.map((id) => sessions.find('ada', id, now)))
    return found.map((session) => session !== undefined)
  }

  t.test('keeps the newest, and of the others those that began last', async (t) => {
    const { sessions } = await open()
    const ids = []
    for (const second of [3, 1, 2]) ids.push(await sessions.start(ada, NOW + second))
    ids.push(await sessions.start({ ...ada, most: 3 }, NOW)) // by a clock that was set back
    t.same(await areLive(sessions, ids, NOW + 3), [true, false, true, true])
  })

  t.test('forgets what has ended before it ends what is live', async (t) => {
    const { sessions } = await open()
    const live = await sessions.start(ada, NOW)
    const ended = await sessions.start(ada, NOW + 1)
    await sessions.end('ada', ended, NOW + 1)
    await sessions.start({ ...ada, most: 2 }, NOW + 2)
    t.ok(await sessions.find('ada', live, NOW + 2))
    t.equal(await sessions.look('ada', ended, NOW), undefined)
  })

  t.test('of fifty in one moment, where one may stay, it is the one that began last', async (t) => {
    const { sessions } = await open()
    const starts = Array.from({ length: 50 }, () => sessions.start({ ...ada, most: 1 }, NOW))
    const live = await areLive(sessions, await Promise.all(starts), NOW)
    t.same(live, [...Array(49).fill(false), true])
  })

  t.test(
    'whoever is slow to be written is not ended by one that has begun meanwhile',
    async (t) => {
      const { store, sessions } = await open()
      const { insert } = store
      let meanwhile = ''
      store.insert = async (...record) => {
        store.insert = insert
        meanwhile = await sessions.start({ ...ada, most: 1 }, NOW)
        return await store.insert(...record)
      }
      const slow = await sessions.start({ ...ada, most: 1 }, NOW)
      t.same(await areLive(sessions, [meanwhile, slow], NOW), [false, true])
    },
  )

  t.test('of fifty on two servers no more are left than allowed, and not none', async (t) => {
    const { store, sessions } = await open()
    const servers = [sessions, new Sessions(store)]
    const starts = Array.from({ length: 50 }, (_, at) =>
      servers[at % 2]?.start({ ...ada, most: 2 }, NOW),
    )
    const ids = (await Promise.all(starts)).map(String)
    const live = (await areLive(sessions, ids, NOW)).filter(Boolean).length
    t.ok(live === 1 || live === 2, `${live} are left`)
  })

  t.test('touches nobody else, and waits until what it ended is safe', async (t) => {
    const { store, sessions } = await open()
    const other = await sessions.start({ ...ada, subject: 'eve' }, NOW)
    await sessions.start(ada, NOW)
    const removals: unknown[] = []
    const { remove } = store
    store.remove = async (key, options) => {
      removals.push(options)
      return await remove.call(store, key, options)
    }
    await sessions.start({ ...ada, most: 1 }, NOW)
    t.same(removals, [{ durable: true }])
    t.ok(await sessions.find('eve', other, NOW))
  })

  t.test('a record that nobody can read goes first', async (t) => {
    const { store, sessions } = await open()
    const live = await sessions.start(ada, NOW)
    const unreadable = { kind: 'session', owner: 'ada', id: SESSION_ID }
    await store.insert(unreadable, 'not one of ours', NOW + 3600)
    await sessions.start({ ...ada, most: 2 }, NOW + 1)
    t.ok(await sessions.find('ada', live, NOW + 1))
    t.equal(await store.get(unreadable), undefined)
  })

  t.test('a damaged record keeps nobody from signing in', async (t) => {
    const { store, sessions } = await open()
    const { list } = store
    store.list = async function* (kind, owner) {
      yield* list.call(store, kind, owner)
      throw new RecordDamaged()
    }
    const newest = await sessions.start({ ...ada, most: 1 }, NOW)
    t.ok(await sessions.find('ada', newest, NOW))
  })

  t.test('a store that cannot say is no answer', async (t) => {
    const { store, sessions } = await open()
    // biome-ignore lint/correctness/useYield: it fails before the first
    store.list = async function* () {
      throw new StoreUnavailable('list the records')
    }
    await t.rejects(sessions.start({ ...ada, most: 1 }, NOW), StoreUnavailable)
  })
})
