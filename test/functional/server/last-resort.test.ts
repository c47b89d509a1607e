import t from 'tap'
import { createLastResort } from '../../../example/server/last-resort.ts'
import { StoreUnavailable } from '../../../example/store/errors.ts'
import { keptEvents } from '../../support/fixtures.ts'
import { MockResponse, mockRequest } from '../../support/mock-http.ts'

// Whatever breaks inside, the client learns that, and never what. In which words and form: problem.test.ts.

async function answerTo(error: unknown, accept = '*/*') {
  const { events, log } = keptEvents()
  const answer = createLastResort({ page: ({ message }) => `<p>${message}`, log })
  const res = new MockResponse()
  await answer(error, mockRequest({ headers: { accept } }), res)
  return { res, events }
}

t.test('a store that does not answer: 503, which is neither yes nor no', async (t) => {
  const cause = new Error('ECONNREFUSED 10.0.0.7:6379')
  const { res, events } = await answerTo(new StoreUnavailable('read the record', { cause }))
  const sentence = 'The store does not answer: try again in a moment'
  t.hasStrict(res, { status: 503, headers: { 'retry-after': '1' }, body: `${sentence}\n` })
  t.notOk('www-authenticate' in res.headers, 'nobody was refused')

  const reason =
    'StoreUnavailable: Cannot read the record: the store does not answer (Error: ECONNREFUSED 10.0.0.7:6379)'
  t.same(events, [{ level: 'error', event: 'store unavailable', fields: { reason } }])
})

t.test('a mistake of ours: 500', async (t) => {
  const mistake = new TypeError('cannot read the property x of /home/ada/secret.ts')
  const sentence = 'Something went wrong on our side'
  const answers = {
    '*/*': `${sentence}\n`,
    'application/json': `{"error":"server_error","error_description":"${sentence}"}`,
    'text/html': `<p>${sentence}`,
  }
  for (const [accept, body] of Object.entries(answers)) {
    t.test(`for ${accept}: without details, and the connection ends`, async (t) => {
      const { res } = await answerTo(mistake, accept)
      const headers = { connection: 'close', 'cache-control': 'no-store' }
      t.hasStrict(res, { status: 500, headers, body })
    })
  }

  const thrown: Array<[what: string, error: unknown, reason: string]> = [
    ['an error, with its name', mistake, `TypeError: ${mistake.message}`],
    ['a text that somebody threw', 'out of paper', 'out of paper'],
    ['nothing that somebody threw', undefined, 'undefined'],
  ]
  for (const [what, error, reason] of thrown) {
    t.test(`is told to the log: ${what}`, async (t) => {
      const { res, events } = await answerTo(error)
      t.equal(res.status, 500)
      t.same(events, [{ level: 'error', event: 'unexpected error', fields: { reason } }])
    })
  }
})
