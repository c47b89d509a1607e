import t from 'tap'
import { allowOrigins } from '../../../example/http/cors.ts'
import { reply } from '../../../example/http/reply.ts'
import type { Handler } from '../../../example/http/types.ts'
import { ask } from '../../support/mock-http.ts'

const OURS = 'https://app.example'
const hello: Handler = async (_req, res) =>
  reply(res, { status: 200, type: 'text', body: 'hello', headers: { 'x-own': 'kept' } })
const app = allowOrigins([OURS, 'http://localhost:3000'], hello)

const corsOf = (headers: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(headers).filter(([name]) => /^(access-control|vary)/.test(name)),
  )

const preflight = {
  method: 'OPTIONS',
  headers: { origin: OURS, 'access-control-request-method': 'POST' },
}

t.test('allowOrigins()', async (t) => {
  t.test('an origin on the list may read the answer', async (t) => {
    const res = await ask(app, { headers: { origin: OURS } })
    t.hasStrict(res, { status: 200, body: 'hello' })
    t.hasStrict(res.headers, { 'x-own': 'kept', 'cache-control': 'no-store' })
    t.strictSame(corsOf(res.headers), {
      vary: 'Origin',
      'access-control-allow-origin': OURS,
      'access-control-expose-headers': 'www-authenticate, retry-after',
    })
  })

  t.test(
    'with what a browser keeps, only where that is asked for: some clients send it always',
    async (t) => {
      const open = allowOrigins([OURS], hello, { credentials: true })
      for (const parts of [{ headers: { origin: OURS } }, preflight]) {
        t.equal((await ask(open, parts)).headers['access-control-allow-credentials'], 'true')
        t.notOk('access-control-allow-credentials' in (await ask(app, parts)).headers)
      }
      const other = await ask(open, { headers: { origin: 'https://evil.example' } })
      t.notOk('access-control-allow-credentials' in other.headers)
    },
  )

  t.test('a handler that varies by something else still does', async (t) => {
    const varying: Handler = async (_req, res) =>
      reply(res, { status: 200, type: 'text', body: '', headers: { vary: 'Accept' } })
    const res = await ask(allowOrigins([OURS], varying), { headers: { origin: OURS } })
    t.equal(res.headers.vary, 'Accept, Origin')
  })

  t.test('may ask beforehand, and the handler is not troubled', async (t) => {
    const res = await ask(app, preflight)
    t.hasStrict(res, { status: 204, body: '' })
    t.hasStrict(res.headers, {
      vary: 'Origin',
      'access-control-allow-origin': OURS,
      'access-control-allow-methods': 'GET, POST, PUT, DELETE',
      'access-control-allow-headers': 'authorization, content-type',
      'access-control-max-age': '600',
    })
  })

  // biome-ignore format: a line for each kind
  const others = [
    'https://evil.example', 'https://app.example.evil.example', 'http://app.example', 'null',
    'https://app.example/', 'https://APP.example', `${OURS}, https://evil.example`, '',
  ]
  for (const origin of others) {
    t.test(
      `${origin || 'an empty origin'} gets no leave, and the answer all the same`,
      async (t) => {
        const res = await ask(app, { headers: { origin } })
        t.hasStrict(res, { status: 200, body: 'hello' })
        t.strictSame(corsOf(res.headers), { vary: 'Origin' })
      },
    )
  }

  t.test('without an origin, as programs ask: no leave', async (t) => {
    t.strictSame(corsOf((await ask(app)).headers), { vary: 'Origin' })
  })

  t.test('an OPTIONS that is no such question goes to the handler', async (t) => {
    t.equal((await ask(app, { method: 'OPTIONS', headers: { origin: OURS } })).body, 'hello')
    const { headers } = preflight
    const foreign = { ...preflight, headers: { ...headers, origin: 'https://evil.example' } }
    t.equal((await ask(app, foreign)).body, 'hello')
  })

  t.test('with an empty list the handler is left as it is', async (t) => {
    t.equal(allowOrigins([], hello), hello)
  })
})
