import t from 'tap'
import { Sessions } from '../../../example/sessions/session.ts'
import { StoreUnavailable } from '../../../example/store/errors.ts'
import { openStore } from '../../../example/store/open.ts'
import type { WriteOptions } from '../../../example/store/types.ts'
import { liveSession, NOW, SESSION_ID } from '../../support/fixtures.ts'
import { settled } from '../../support/time.ts'

async function openWithSession() {
  const store = await openStore('memory:')
  await liveSession(store)
  return { store, sessions: new Sessions(store) }
}

t.test('end() ends a live session, once', async (t) => {
  const { sessions } = await openWithSession()
  t.hasStrict(await sessions.end('ada', SESSION_ID, NOW), { id: SESSION_ID, valid: false })
  t.equal(await sessions.find('ada', SESSION_ID, NOW), undefined)
  t.equal(await sessions.end('ada', SESSION_ID, NOW), undefined)
})

t.test('the record stays, as ended, until its token would have expired', async (t) => {
  const { store, sessions } = await openWithSession()
  await sessions.end('ada', SESSION_ID, NOW)
  const times = { createdAt: NOW, expiresAt: NOW + 3600 }
  const ended = { id: SESSION_ID, valid: false, subject: 'ada', ...times, agent: '' }
  t.same(await sessions.look('ada', SESSION_ID, NOW), { record: ended, live: false })
  t.equal(await store.sweep(NOW + 3599), 0)
  t.equal(await store.sweep(NOW + 3600), 1)
})

t.test('of fifty that end one session at once, one is told that it did', async (t) => {
  const { sessions } = await openWithSession()
  const ends = Array.from({ length: 50 }, () => sessions.end('ada', SESSION_ID, NOW))
  const told = (await Promise.all(ends)).filter((ended) => ended)
  t.equal(told.length, 1)
})

t.test('one session ends and the others of the same person stay', async (t) => {
  const { sessions } = await openWithSession()
  const other = await sessions.start({ subject: 'ada', lifetimeSeconds: 60, agent: '' }, NOW)
  await sessions.end('ada', SESSION_ID, NOW)
  t.ok(await sessions.find('ada', other, NOW))
})

t.test('nobody ends the session of somebody else', async (t) => {
  const { sessions } = await openWithSession()
  t.equal(await sessions.end('bob', SESSION_ID, NOW), undefined)
  t.ok(await sessions.find('ada', SESSION_ID, NOW))
})

t.test('an expired session needs no end', async (t) => {
  const { sessions } = await openWithSession()
  t.equal(await sessions.end('ada', SESSION_ID, NOW + 3600), undefined)
})

t.test('the end is written durably: it takes a right away', async (t) => {
  const { store, sessions } = await openWithSession()
  const asked: Array<WriteOptions | undefined> = []
  const replace = store.replace.bind(store)
  store.replace = (key, expected, value, options) => {
    asked.push(options)
    return replace(key, expected, value, options)
  }
  await sessions.end('ada', SESSION_ID, NOW)
  t.same(asked, [{ durable: true }])
})

t.test('end() waits until the store has written', async (t) => {
  const { store, sessions } = await openWithSession()
  let write: (written: boolean) => void = () => {}
  store.replace = () => new Promise((resolve) => (write = resolve))
  let answered = false
  const end = sessions.end('ada', SESSION_ID, NOW).then(() => {
    answered = true
  })
  await settled() // all but what waits for the store
  t.equal(answered, false)
  write(true)
  await end
  t.equal(answered, true)
})

t.test('a store that cannot write is no end: the error goes on', async (t) => {
  const { store, sessions } = await openWithSession()
  const broken = new StoreUnavailable('write the record')
  store.replace = () => Promise.reject(broken)
  t.equal(await sessions.end('ada', SESSION_ID, NOW).catch((error) => error), broken)
  t.ok(await sessions.find('ada', SESSION_ID, NOW), 'and the session is as it was')
})
