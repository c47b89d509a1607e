// S42, S116, S124: a good signature is not enough. The session record has to be there and to say yes.
import t from 'tap'
import {
  appOfAda,
  liveSession,
  NOW,
  SESSION_ID,
  sessionToken,
  testApp,
} from '../support/fixtures.ts'
import { ask } from '../support/mock-http.ts'

const key = { kind: 'session', owner: 'ada', id: SESSION_ID }
const times = { createdAt: NOW, expiresAt: NOW + 3600 }
const live = { id: SESSION_ID, valid: true, subject: 'ada', ...times, agent: '' }

const request = { url: '/private', headers: { authorization: `Bearer ${sessionToken()}` } }

/** The answer to the good token when this is the text of its record; `undefined`: there is none. */
async function privateWith(record: string | undefined) {
  const { app, store, events } = await testApp()
  if (record !== undefined) await store.insert(key, record, NOW + 3600)
  const { status } = await ask(app, request)
  return { status, events }
}

const withRecord = (replaced: object) => JSON.stringify({ ...live, ...replaced })

t.test('with a live record: 200', async (t) => {
  t.equal((await privateWith(JSON.stringify(live))).status, 200)
  t.equal((await privateWith(withRecord({ address: '192.0.2.1' }))).status, 200)
})

const notLive: Record<string, string | undefined> = {
  'no record': undefined,
  'a record that has ended': withRecord({ valid: false }),
  'an expiry of now': withRecord({ expiresAt: NOW }),
  'an expiry of a second ago': withRecord({ expiresAt: NOW - 1 }),
}

const damaged: Record<string, string> = {
  'an empty record': '',
  'a blank one': ' ',
  null: 'null',
  true: 'true',
  'a number': '1',
  'a text': '"valid"',
  'an empty list': '[]',
  'a live record in a list': JSON.stringify([live]),
  'an empty object': '{}',
  'half a record': JSON.stringify(live).slice(0, -20),
  'a record and a half': `${JSON.stringify(live)}{"valid"`,
  'an object turned into text': '[object Object]',
  'valid as the text "false"': withRecord({ valid: 'false' }),
  'valid as the text "true"': withRecord({ valid: 'true' }),
  'valid as 1': withRecord({ valid: 1 }),
  'valid as null': withRecord({ valid: null }),
  'no valid': withRecord({ valid: undefined }),
  'the valid of its prototype': `{"__proto__":${JSON.stringify(live)}}`,
  'another session of the same subject': withRecord({ id: SESSION_ID.replace('1', '2') }),
  'no id': withRecord({ id: undefined }),
  'another subject': withRecord({ subject: 'eve' }),
  'the subject in capitals': withRecord({ subject: 'ADA' }),
  'the subject in a list': withRecord({ subject: ['ada'] }),
  'no subject': withRecord({ subject: undefined }),
  'no expiry': withRecord({ expiresAt: undefined }),
  'an expiry of null': withRecord({ expiresAt: null }),
  'an expiry as text': withRecord({ expiresAt: String(NOW + 3600) }),
  'a creation time as text': withRecord({ createdAt: 'yesterday' }),
  'an agent that is an object': withRecord({ agent: {} }),
}

for (const [reason, records] of Object.entries({
  'no-live-session': notLive,
  'damaged-record': damaged,
})) {
  for (const [what, record] of Object.entries(records)) {
    t.test(`with ${what}: 401, and the log says ${reason}`, async (t) => {
      const { status, events } = await privateWith(record)
      t.equal(status, 401)
      t.strictSame(events, [{ level: 'warn', event: 'token refused', fields: { reason } }])
    })
  }
}

t.test('with the record of the same id at another owner: 401', async (t) => {
  const { app, store } = await testApp()
  await liveSession(store, {}, { ...key, owner: 'eve' })
  t.equal((await ask(app, request)).status, 401)
})

t.test('with a record that is deleted after it has worked: 401 from then on', async (t) => {
  const { app, store } = await appOfAda()
  t.equal((await ask(app, request)).status, 200)
  await store.remove(key)
  t.equal((await ask(app, request)).status, 401, 'that the token was proven before does not count')
})
