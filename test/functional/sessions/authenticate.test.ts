import t from 'tap'
import { createAuthenticate } from '../../../example/sessions/authenticate.ts'
import { Sessions } from '../../../example/sessions/session.ts'
import { openStore } from '../../../example/store/open.ts'
import { createVerifier } from '../../../example/token/verifier.ts'
import { keys, liveSession, NOW, policy, SESSION_ID, sessionToken } from '../../support/fixtures.ts'
import { mockRequest } from '../../support/mock-http.ts'

async function whoSent(headers: Record<string, string>) {
  const store = await openStore('memory:')
  await liveSession(store)
  const authenticate = createAuthenticate({
    cookie: { name: 'session', secure: false },
    verify: createVerifier({ keys, policy }),
    sessions: new Sessions(store),
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
})
