import t from 'tap'
import { createAuthenticate } from '../../../example/sessions/authenticate.ts'
import { Sessions } from '../../../example/sessions/session.ts'
import { RecordDamaged, StoreUnavailable } from '../../../example/store/errors.ts'
import { openStore } from '../../../example/store/open.ts'
import { createVerifier } from '../../../example/token/verifier.ts'
import {
  forge,
  goodClaims,
  goodHeader,
  keys,
  liveSession,
  NOW,
  policy,
  SESSION_ID,
  sessionToken,
} from '../../support/fixtures.ts'
import { mockRequest } from '../../support/mock-http.ts'

const ofCookie = { name: 'session', secure: false }

async function whoSent(
  headers: Record<string, string>,
  { session = {}, now = NOW }: { session?: Record<string, unknown>; now?: number } = {},
) {
  const store = await openStore('memory:')
  await liveSession(store, session)
  const verify = createVerifier({ keys, policy })
  const authenticate = createAuthenticate({
    cookie: ofCookie,
    verify,
    sessions: new Sessions(store),
    now: () => now,
    log: () => {},
  })
  return await authenticate(mockRequest({ headers }))
}

/** The same, where looking for a session ends with this error. */
async function askingStore(error: Error, headers: Record<string, string>) {
  const verify = createVerifier({ keys, policy })
  const sessions = { find: () => Promise.reject(error), end: () => Promise.reject(error) }
  const authenticate = createAuthenticate({
    verify,
    sessions,
    cookie: ofCookie,
    now: () => NOW,
    log: () => {},
  })
  return await authenticate(mockRequest({ headers }))
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const cookie = (token: string) => ({ cookie: `session=${token}` })

t.test('authenticate()', async (t) => {
  t.test('knows who sends a good token with a live session', async (t) => {
    const carried: Array<[how: string, headers: Record<string, string>]> = [
      ['as a Bearer token', bearer(sessionToken())],
      ['with the scheme in another case', { authorization: `BEARER ${sessionToken()}` }],
      ['bare, as the original tutorial did', { authorization: sessionToken() }],
      ['in the cookie', cookie(sessionToken())],
      ['a long one', bearer(sessionToken({ pad: 'x'.repeat(3000) }))],
      [
        'in the cookie, beside another scheme',
        { authorization: 'Basic eA==', ...cookie(sessionToken()) },
      ],
      ['in both', { ...bearer(sessionToken()), ...cookie(sessionToken()) }],
    ]
    for (const [how, headers] of carried) {
      t.test(how, async (t) => {
        const session = { id: SESSION_ID, subject: 'ada', valid: true, expiresAt: NOW + 3600 }
        t.hasStrict(await whoSent(headers), { kind: 'known', session })
      })
    }
  })

  t.test('does not know who sends nothing, another scheme, or another cookie', async (t) => {
    t.same(await whoSent({}), { kind: 'nobody' })
    t.same(await whoSent({ authorization: 'Basic YWRhOmFkYQ==' }), { kind: 'nobody' })
    t.same(await whoSent({ cookie: `other-session=${sessionToken()}; theme=dark` }), {
      kind: 'nobody',
    })
  })

  const refusals: Array<[what: string, headers: Record<string, string>, reason: string]> = [
    ['an expired token', bearer(sessionToken({ exp: NOW })), 'expiry'],
    [
      'a token for another audience',
      bearer(sessionToken({ aud: 'https://x.example' })),
      'audience',
    ],
    [
      'a token signed with another secret',
      bearer(forge(goodClaims(), goodHeader, 'x')),
      'signature',
    ],
    [
      'an unsecured token',
      bearer(forge(goodClaims(), { ...goodHeader, alg: 'none' })),
      'algorithm',
    ],
    ['a bad token in the cookie', cookie(`${sessionToken()}x`), 'signature'],
    ['an empty cookie', cookie(''), 'form'],
    ['a good token too long for a cookie', cookie(sessionToken({ pad: 'x'.repeat(3000) })), 'form'],
    ['a Bearer header without a token', { authorization: 'Bearer ' }, 'form'],
    ['two tokens in one header', bearer(`${sessionToken()},x`), 'form'],
    ['the token of another session', bearer(sessionToken({ sub: 'bob' })), 'no-live-session'],
  ]
  for (const [what, headers, reason] of refusals) {
    t.test(`refuses ${what}: ${reason}`, async (t) => {
      t.same(await whoSent(headers), { kind: 'refused', reason })
    })
  }

  t.test('refuses a good token whose session has ended', async (t) => {
    const visitor = await whoSent(bearer(sessionToken()), { session: { valid: false } })
    t.same(visitor, { kind: 'refused', reason: 'no-live-session' })
  })

  t.test('refuses a token from the second on in which it expires', async (t) => {
    const headers = bearer(sessionToken())
    t.equal((await whoSent(headers, { now: NOW + 3599 })).kind, 'known')
    t.same(await whoSent(headers, { now: NOW + 3600 }), { kind: 'refused', reason: 'expiry' })
  })

  t.test('does not answer for a store that cannot say: the error goes on', async (t) => {
    const broken = new StoreUnavailable('read the record')
    const attempt = askingStore(broken, bearer(sessionToken()))
    t.equal(await attempt.catch((error) => error), broken)
  })

  t.test('refuses who has a damaged record: nobody can stay signed in with it', async (t) => {
    const visitor = await askingStore(new RecordDamaged(), bearer(sessionToken()))
    t.same(visitor, { kind: 'refused', reason: 'damaged-record' })
  })

  t.test('asks the store nothing for a forged token', async (t) => {
    const visitor = await askingStore(new Error('It was asked'), bearer(`${sessionToken()}x`))
    t.same(visitor, { kind: 'refused', reason: 'signature' })
  })
})
