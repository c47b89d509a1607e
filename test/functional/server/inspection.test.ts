import t from 'tap'
import { inspectToken } from '../../../example/server/inspection.ts'
import { Sessions } from '../../../example/sessions/session.ts'
import { openStore } from '../../../example/store/open.ts'
import { checks } from '../../../example/token/checks.ts'
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

async function inspect(
  token: string,
  { session, now = NOW, leewaySeconds = 0 }: InspectOptions = {},
) {
  const store = await openStore('memory:')
  if (session !== undefined) await liveSession(store, session)
  const sessions = new Sessions(store)
  const options = { keys, policy: { ...policy, leewaySeconds }, now }
  return await inspectToken(token, {
    ...options,
    look: ({ sub, jti }) => sessions.look(sub, jti, now),
  })
}

interface InspectOptions {
  session?: Record<string, unknown>
  now?: number
  leewaySeconds?: number
}

t.test('a good token with a live session', async (t) => {
  const token = sessionToken()
  const page = await inspect(token, { session: {} })

  t.test('is accepted', async (t) => {
    const sentence = 'This token is accepted: every check holds and its session is live.'
    t.hasStrict(page, { token, verdict: sentence, timeLeft: '1 hour' })
  })

  t.test('comes apart into its three segments', async (t) => {
    const [header, payload, signature] = token.split('.')
    t.hasStrict(page, {
      decoded: {
        header: { raw: header, json: JSON.stringify(goodHeader, null, 2) },
        payload: { raw: payload, json: JSON.stringify(goodClaims(), null, 2) },
        signature: { raw: signature },
      },
    })
  })

  t.test('passes every check of the list, in its order', async (t) => {
    const steps = checks.map(({ id, rfc, promise, attack }, index) => {
      return { number: index + 1, id, rfc, promise, attack, passed: true, failed: false }
    })
    t.hasStrict(page, { steps })
  })

  t.test('says what its claims mean', async (t) => {
    const day = 'Wed, 18 May 2033'
    t.hasStrict(page, {
      claims: [
        { name: 'iss', value: 'learn-json-web-tokens', inWords: undefined },
        { name: 'sub', value: 'ada', meaning: 'Subject: who it is about' },
        { name: 'aud', rfc: 'RFC 7519 §4.1.3' },
        { name: 'iat', value: String(NOW), inWords: `${day} 03:33:20 GMT, now` },
        { name: 'exp', value: String(NOW + 3600), inWords: `${day} 04:33:20 GMT, in 1 hour` },
        { name: 'jti', rfc: 'RFC 7519 §4.1.7' },
      ],
    })
  })

  t.test('shows its record, with the times in words', async (t) => {
    t.hasStrict(page, {
      session: {
        sentence: 'The session is live.',
        rows: [
          { name: 'id', value: SESSION_ID },
          { name: 'valid', value: 'true' },
          { name: 'subject', value: 'ada' },
          { name: 'createdAt', value: `${NOW} (Wed, 18 May 2033 03:33:20 GMT, now)` },
          { name: 'expiresAt', value: `${NOW + 3600} (Wed, 18 May 2033 04:33:20 GMT, in 1 hour)` },
          { name: 'agent', value: '' },
        ],
      },
    })
  })
})

t.test('a good token whose session has ended: every check passes, and it is refused', async (t) => {
  const page = await inspect(sessionToken(), { session: { valid: false } })
  const sentence = 'This token is refused: every check holds, but its session is not live.'
  t.equal(page.verdict, sentence)
  t.ok(page.steps.every(({ passed }) => passed))
  t.same(page.session?.rows[1], { name: 'valid', value: 'false' })
})

t.test('numbers are shown as they are written', async (t) => {
  const { claims, decoded } = await inspect(forge('{"id":9007199254740993,"exp":1e400,"a":[1.0]}'))
  t.same(
    claims.map(({ value }) => value),
    ['9007199254740993', '1e400', '[1.0]'],
  )
  t.match(decoded?.payload.json, /^{\n {2}"id": 9007199254740993,\n {2}"exp": 1e400,/)
})

t.test('the two answers lead to what decided', async (t) => {
  const answers = async (token: string, session = {}) =>
    (await inspect(token, { session })).answers.map(({ answer, href }) => [answer, href])
  t.strictSame(await answers(sessionToken()), [
    ['hold', '#checks'],
    ['live', '#session'],
  ])
  t.strictSame(await answers(sessionToken(), { valid: false }), [
    ['hold', '#checks'],
    ['not live', '#session'],
  ])
  t.strictSame(await answers(sessionToken({ aud: 'x', iss: 'y' })), [
    ['fail', '#check-issuer'],
    ['not looked up', '#session'],
  ])
})

t.test('a token of another maker is refused by rules of ours, and they are named', async (t) => {
  const { verdict, steps } = await inspect(forge({ sub: 'ada' }, { alg: 'HS256', typ: 'JWT' }))
  t.equal(
    verdict,
    'This token is refused by rules of this server: "type", "key". No RFC forbids it, as far as it could be checked.',
  )
  const failed = steps.filter((step) => step.failed)
  t.ok(failed.every(({ ours, byRfc }) => ours?.startsWith('RFC 75') && !byRfc))
  t.equal(steps.filter((step) => step.skipped).length, 9, 'what hangs on the key')
})

t.test('several failures are all named', async (t) => {
  const { verdict } = await inspect(sessionToken({ exp: NOW, aud: 'x' }))
  t.equal(verdict, 'This token is refused: the checks "expiry", "lifetime", "audience" fail.')
})

t.test('an unsecured token is called that', async (t) => {
  const [, payload] = sessionToken().split('.')
  const { verdict, steps, decoded, answers } = await inspect(`eyJhbGciOiJub25lIn0.${payload}.`)
  t.equal(verdict, 'This token is refused: it is unsecured, so anybody may have written it.')
  const { reason, byRfc } = steps.find(({ id }) => id === 'algorithm') ?? {}
  t.equal(reason, 'it is unsecured: nobody has signed it (RFC 7519 §6)')
  t.equal(byRfc, true)
  t.equal(decoded?.signature.raw, '')
  t.hasStrict(answers[0], {
    answer: 'fail',
    why: 'at algorithm and 1 more',
    href: '#check-algorithm',
  })
})

t.test('a good token without a record is refused', async (t) => {
  const sentence = 'There is no record of this session: the token is refused.'
  t.hasStrict(await inspect(sessionToken()), {
    verdict: 'This token is refused: every check holds, but its session is not live.',
    session: { sentence, rows: [] },
  })
})

t.test('a token that the policy accepts past its expiry has no time left', async (t) => {
  const options = { now: NOW + 3630, leewaySeconds: 60, session: {} }
  const page = await inspect(sessionToken(), options)
  t.ok(page.steps.every(({ passed }) => passed))
  t.equal(page.timeLeft, undefined)
  const expiry = page.claims.find(({ name }) => name === 'exp')
  t.equal(expiry?.inWords, 'Wed, 18 May 2033 04:33:20 GMT, 30 seconds ago')
})

t.test('a forged token', async (t) => {
  const page = await inspect(forge(goodClaims(), goodHeader, 'another secret'), { session: {} })

  t.test('stops at the signature: nothing behind it is asked', async (t) => {
    const sentence = 'This token is refused: the check "signature" fails.'
    t.equal(page.verdict, sentence)
    const failed = page.steps.findIndex((step) => step.failed)
    t.hasStrict(page.steps[failed], { id: 'signature', passed: false, skipped: false })
    t.equal(page.steps[failed]?.reason, 'the signature check does not hold')
    t.equal(page.steps[failed]?.byRfc, true)
    t.ok(page.steps.slice(0, failed).every(({ passed }) => passed))
    t.ok(page.steps.slice(failed + 1).every(({ skipped, input }) => skipped && !input))
  })

  t.test('is decoded all the same: anybody can read it', async (t) => {
    t.hasStrict(page.claims[1], { name: 'sub', value: 'ada' })
  })

  t.test('never makes the server look for a record', async (t) => {
    const look = () => Promise.reject(new Error('The store was asked'))
    const options = { keys, policy, now: NOW, look }
    const forged = await inspectToken(forge(goodClaims(), goodHeader, 'another secret'), options)
    t.hasStrict(forged, { session: undefined, timeLeft: undefined })
  })
})
