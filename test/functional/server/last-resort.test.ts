import { pathToFileURL } from 'node:url'
import t from 'tap'
import { createLastResort } from '../../../example/server/last-resort.ts'
import { loadPages } from '../../../example/server/pages.ts'
import { StoreUnavailable } from '../../../example/store/errors.ts'
import type { LoggedEvent } from '../../support/fixtures.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { MockResponse, mockRequest } from '../../support/mock-http.ts'

// Whatever breaks inside, the client learns that, and never what.

const own = temporaryFolder(t, { 'head.html': '', 'foot.html': '' })
const pages = loadPages({ views: pathToFileURL(`${own}/`), name: 'A site' })
const browser = 'text/html,application/xhtml+xml,*/*;q=0.8'

async function answerTo(error: unknown, accept: string) {
  const events: LoggedEvent[] = []
  const answer = createLastResort({
    page: pages.problem,
    subjectOf: async () => undefined,
    log: (level, event, fields = {}) => void events.push({ level, event, fields }),
  })
  const res = new MockResponse()
  await answer(error, mockRequest({ headers: { accept } }), res)
  return { res, events }
}

t.test('a store that does not answer: 503, which is neither yes nor no', async (t) => {
  const cause = new Error('ECONNREFUSED 10.0.0.7:6379')
  const error = new StoreUnavailable('read the record', { cause })
  const sentence = 'The store does not answer: try again in a moment'

  t.test('in text', async (t) => {
    const { res } = await answerTo(error, '*/*')
    t.hasStrict(res, { status: 503, headers: { 'retry-after': '1' }, body: `${sentence}\n` })
  })

  t.test('in JSON', async (t) => {
    const { res } = await answerTo(error, 'application/json')
    t.hasStrict(res, {
      status: 503,
      headers: { 'retry-after': '1', 'content-type': 'application/json; charset=utf-8' },
      body: `{"error":"temporarily_unavailable","error_description":"${sentence}"}`,
    })
  })

  t.test('in a page', async (t) => {
    const { res } = await answerTo(error, browser)
    t.hasStrict(res, {
      status: 503,
      headers: { 'retry-after': '1', 'content-type': 'text/html; charset=utf-8' },
    })
    t.match(res.body, /<h1>Not now<\/h1>/)
    t.match(res.body, new RegExp(sentence))
  })

  t.test('never with a challenge: nobody was refused', async (t) => {
    const { res } = await answerTo(error, '*/*')
    t.notOk('www-authenticate' in res.headers)
  })

  t.test('is told to the log', async (t) => {
    const { events } = await answerTo(error, '*/*')
    const reason =
      'StoreUnavailable: Cannot read the record: the store does not answer (Error: ECONNREFUSED 10.0.0.7:6379)'
    t.same(events, [{ level: 'error', event: 'store unavailable', fields: { reason } }])
  })
})

t.test('a mistake of ours: 500 without details', async (t) => {
  const mistake = new TypeError('cannot read the property x of /home/ada/secret.ts')

  t.test('in text, and the connection ends', async (t) => {
    const { res } = await answerTo(mistake, '*/*')
    const headers = { connection: 'close', 'cache-control': 'no-store' }
    t.hasStrict(res, { status: 500, headers, body: 'Something went wrong on our side\n' })
  })

  t.test('in JSON', async (t) => {
    const { res } = await answerTo(mistake, 'application/json')
    const body = '{"error":"server_error","error_description":"Something went wrong on our side"}'
    t.hasStrict(res, { status: 500, body })
  })

  t.test('in a page', async (t) => {
    const { res } = await answerTo(mistake, browser)
    t.equal(res.status, 500)
    t.match(res.body, /<h1>Our mistake<\/h1>/)
    t.notMatch(res.body, /secret\.ts|TypeError/)
  })

  const thrown: Array<[what: string, error: unknown, reason: string]> = [
    ['an error, with its name', mistake, `TypeError: ${mistake.message}`],
    ['a text that somebody threw', 'out of paper', 'out of paper'],
    ['nothing that somebody threw', undefined, 'undefined'],
  ]
  for (const [what, error, reason] of thrown) {
    t.test(`is told to the log: ${what}`, async (t) => {
      const { res, events } = await answerTo(error, '*/*')
      t.equal(res.status, 500)
      t.same(events, [{ level: 'error', event: 'unexpected error', fields: { reason } }])
    })
  }
})
