import t from 'tap'
import { RecordDamaged, StoreUnavailable } from '../../../example/store/errors.ts'
import { openStore } from '../../../example/store/open.ts'
import type { RecordStore } from '../../../example/store/types.ts'
import { testApp } from '../../support/fixtures.ts'
import { ask, type RequestParts } from '../../support/mock-http.ts'

const url = '/health'

/** What a server answers whose store answers a ping so. */
async function answer(ping?: () => Promise<void>, parts: RequestParts = {}) {
  const store: RecordStore = await openStore('memory:')
  if (ping) store.ping = ping
  const { app, events } = await testApp({ store })
  return { res: await ask(app, { url, ...parts }), events }
}

const breaks = (error: Error) => () => Promise.reject(error)
const cause = new Error('connect ECONNREFUSED 10.1.2.3:6379')

t.test('GET /health', async (t) => {
  t.test('while the store answers: 200, and what the store is', async (t) => {
    const { res, events } = await answer()
    t.hasStrict(res, {
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
      body: '{"status":"ok","store":"memory"}',
    })
    t.same(events, [], 'a load balancer asks every few seconds: the log has nothing to tell')
  })

  t.test('names the kind of store, and neither its place nor its password', async (t) => {
    const kinds = {
      'redis://ada:hunter2@redis.internal:6379/3': 'redis',
      'rediss-cluster://:hunter2@a.internal,b.internal': 'redis-cluster',
      'redis-sentinel://:hunter2@sessions@a.internal': 'redis-sentinel',
      'level:./internal': 'level',
    }
    for (const [STORE_URL, kind] of Object.entries(kinds)) {
      const store = await openStore('memory:')
      const { app } = await testApp({ store, environment: { STORE_URL } })
      const res = await ask(app, { url })
      t.equal(res.body, `{"status":"ok","store":"${kind}"}`)
      t.notMatch(JSON.stringify(res), /hunter2|internal|sessions/)
    }
  })

  t.test('while it does not: 503, why in one word, and when to ask again', async (t) => {
    const { res } = await answer(breaks(new StoreUnavailable('write', { cause, code: 'down' })))
    t.hasStrict(res, {
      status: 503,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'no-store',
        'retry-after': '1',
      },
      body: '{"status":"unavailable","store":"memory","reason":"down"}',
    })
  })

  t.test('the word is the code of the refusal, whichever it is', async (t) => {
    for (const code of ['timeout', 'read-only', 'out-of-memory', 'replicas'] as const) {
      const { res } = await answer(breaks(new StoreUnavailable('write', { code })))
      t.equal(res.body, `{"status":"unavailable","store":"memory","reason":"${code}"}`)
    }
    const { res } = await answer(breaks(new StoreUnavailable('write')))
    t.equal(res.body, '{"status":"unavailable","store":"memory","reason":"unavailable"}')
  })

  t.test('what exactly is wrong is for the log alone', async (t) => {
    const error = new StoreUnavailable('write', { cause, code: 'down' })
    const { res, events } = await answer(breaks(error))
    t.notMatch(JSON.stringify(res), /ECONNREFUSED|10\.1\.2\.3|6379|Cannot write/)
    t.equal(events.length, 1)
    t.hasStrict(events[0], { level: 'error', event: 'not healthy' })
    t.match(events[0]?.fields.reason, /connect ECONNREFUSED 10\.1\.2\.3:6379/)
  })

  t.test('an error of another kind is not taken for an outage: 500, as anywhere', async (t) => {
    for (const error of [new TypeError('undefined is not a function'), new RecordDamaged()]) {
      const { res, events } = await answer(breaks(error))
      t.equal(res.status, 500)
      t.notMatch(res.body, /status|undefined|damaged/)
      t.equal(events.length, 1)
      t.not(events[0]?.event, 'not healthy')
    }
  })

  t.test('asks for the session of nobody: a load balancer has none', async (t) => {
    const token = 'no.token.atall'
    for (const headers of [{}, { authorization: `Bearer ${token}` }, { cookie: 'a=b' }]) {
      const { res } = await answer(undefined, { headers })
      t.equal(res.status, 200)
      t.notOk('www-authenticate' in res.headers || 'set-cookie' in res.headers)
    }
  })

  t.test('answers what it answers in JSON, whatever is accepted', async (t) => {
    for (const accept of ['text/html', 'text/plain', '*/*'])
      t.equal((await answer(undefined, { headers: { accept } })).res.body[0], '{')
  })
})

t.test('HEAD /health', async (t) => {
  t.test('has the status of GET: enough for a load balancer', async (t) => {
    t.equal((await answer(undefined, { method: 'HEAD' })).res.status, 200)
    const broken = breaks(new StoreUnavailable('write'))
    t.equal((await answer(broken, { method: 'HEAD' })).res.status, 503)
  })
})

t.test('a closed store is not healthy', async (t) => {
  const store = await openStore('memory:')
  await store.close()
  const { app } = await testApp({ store })
  t.equal((await ask(app, { url })).status, 503)
})
