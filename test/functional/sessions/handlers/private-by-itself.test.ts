// One handler and nothing else: no app, no store, no token. Each of its two dependencies is a stub, which answers
// what the test wants; the request and the response are written by hand in test/support/mock-http.ts.
import t from 'tap'
import type { Visitor } from '../../../../example/sessions/authenticate.ts'
import { privateHandler } from '../../../../example/sessions/handlers/private.ts'
import { loadViews } from '../../../../example/sessions/views.ts'
import { NOW, SESSION_ID } from '../../../support/fixtures.ts'
import { MockResponse, mockRequest } from '../../../support/mock-http.ts'

const ada: Visitor = {
  kind: 'known',
  session: {
    id: SESSION_ID,
    valid: true,
    subject: 'ada',
    createdAt: NOW,
    expiresAt: NOW + 3600,
    agent: '',
  },
}

async function answerTo(visitor: Visitor, headers: Record<string, string> = {}) {
  const handler = privateHandler({
    authenticate: async () => visitor,
    views: { ...loadViews(undefined), privatePage: ({ subject }) => `the page of ${subject}` },
  })
  const res = new MockResponse()
  await handler(mockRequest({ url: '/private', headers }), res)
  return res
}

t.test('privateHandler()', async (t) => {
  t.test('shows the page of whoever is known', async (t) => {
    t.hasStrict(await answerTo(ada), { status: 200, body: 'the page of ada' })
  })

  t.test('answers a program in JSON', async (t) => {
    t.hasStrict(await answerTo(ada, { accept: 'application/json' }), {
      status: 200,
      body: JSON.stringify({ subject: 'ada', expires_at: NOW + 3600 }),
    })
  })

  t.test(
    'believes no token by itself: who is refused gets 401, whatever the request carries',
    async (t) => {
      const headers = { authorization: 'Bearer a.b.c', cookie: 'session=a.b.c' }
      t.equal((await answerTo({ kind: 'refused', reason: 'expiry' }, headers)).status, 401)
      t.equal((await answerTo({ kind: 'nobody' }, headers)).status, 401)
    },
  )

  t.test(
    'answers nothing when it cannot be known who asks: that is for the last resort',
    async (t) => {
      const unknown = new Error('the store does not answer')
      const handler = privateHandler({
        authenticate: () => Promise.reject(unknown),
        views: loadViews(undefined),
      })
      const res = new MockResponse()
      await t.rejects(handler(mockRequest(), res), unknown)
      t.equal(res.ended, false)
    },
  )
})
