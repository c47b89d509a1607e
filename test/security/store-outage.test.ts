// S117: "don't know" is neither yes nor no. While the store does not answer, every request that
// depends on it gets 503, nobody gets in, and nobody is told that a session has ended.
import t from 'tap'
import { StoreUnavailable } from '../../example/store/errors.ts'
import { openStore } from '../../example/store/open.ts'
import type { RecordStore } from '../../example/store/types.ts'
import { readingRequests, writingRequests } from '../integration/outage.ts'
import { appOfAda, liveSession, sessionToken, testApp } from '../support/fixtures.ts'
import { ask } from '../support/mock-http.ts'

/** A store that can be cut off, wholly or only for writing, and come back. */
function breakable(store: RecordStore) {
  const state = { broken: 'nothing' as 'nothing' | 'writes' | 'everything' }
  const writes = ['insert', 'replace', 'remove']
  const wrapped = new Proxy(store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      return async (...given: unknown[]) => {
        if (
          state.broken === 'everything' ||
          (state.broken === 'writes' && writes.includes(String(name)))
        )
          throw new StoreUnavailable(`${String(name)} the record`)
        return await Reflect.apply(member, target, given)
      }
    },
  })
  return { store: wrapped, state }
}

const headers = { authorization: `Bearer ${sessionToken()}` }
const requests = { ...readingRequests(sessionToken()), ...writingRequests(sessionToken()) }

const outages: Record<string, (store: RecordStore) => Promise<RecordStore>> = {
  'a store that refuses every call': async (store) => {
    const { store: wrapped, state } = breakable(store)
    state.broken = 'everything'
    return wrapped
  },
  'a database that has been closed': async (store) => {
    await store.close()
    return store
  },
}

for (const [outage, cutOff] of Object.entries(outages)) {
  for (const [what, [url, init]] of Object.entries(requests)) {
    t.test(`${what} with ${outage}: 503 and try again`, async (t) => {
      const store = await openStore('memory:')
      await liveSession(store)
      const { app, events } = await testApp({ store: await cutOff(store) })
      const res = await ask(app, { url, ...init })
      t.equal(res.status, 503)
      t.equal(res.headers['retry-after'], '1')
      t.equal(res.headers['set-cookie'], undefined, 'no cookie is set, and none is cleared')
      t.equal(res.headers.authorization, undefined, 'no token comes')
      t.equal(res.headers['www-authenticate'], undefined, 'it does not say no, either')
      t.equal(res.body, 'The store does not answer: try again in a moment\n')
      t.equal(events[0]?.event, 'store unavailable')
    })
  }
}

t.test('what needs no record is served all the same', async (t) => {
  const { store, state } = breakable(await openStore('memory:'))
  state.broken = 'everything'
  const { app } = await testApp({ store })
  t.equal((await ask(app, { url: '/home' })).status, 200)
  t.equal((await ask(app, { url: '/style.css' })).status, 200)
  t.equal((await ask(app, { url: '/private' })).status, 401, 'no token: nothing to ask for')
  const forged = { authorization: `Bearer ${sessionToken({ aud: 'another' })}` }
  t.equal((await ask(app, { url: '/private', headers: forged })).status, 401)
})

t.test('a logout that cannot be written: 503, and the session is still live', async (t) => {
  const { store, state } = breakable(await openStore('memory:'))
  const { app } = await appOfAda({ store })
  state.broken = 'writes'
  const res = await ask(app, { method: 'POST', url: '/logout', headers })
  t.equal(res.status, 503)
  t.equal(res.headers['set-cookie'], undefined, 'the cookie stays, so that they can try again')
  t.equal((await ask(app, { url: '/private', headers })).status, 200)
})

t.test('when the store is back, all is as it was', async (t) => {
  const { store, state } = breakable(await openStore('memory:'))
  const { app } = await appOfAda({ store })
  const status = async () => (await ask(app, { url: '/private', headers })).status
  t.equal(await status(), 200)
  state.broken = 'everything'
  t.equal(await status(), 503, 'even for a token that was proven before')
  state.broken = 'nothing'
  t.equal(await status(), 200)
})
