import t from 'tap'
import { subjectGrammar, uuid } from '../../../example/token/checks-claims.ts'
import type { CheckId } from '../../../example/token/types.ts'
import { goodClaims, NOW, policy, SESSION_ID } from '../../support/fixtures.ts'
import { ask } from './ask.ts'

const week = 604_800
const tenSeconds = { policy: { ...policy, leewaySeconds: 10 } }

const noExp = 'exp is not a whole number of seconds from 1 to 2^53 - 1'
const noNbf = 'nbf is not a whole number of seconds from 1 to 2^53 - 1'
const noIat = 'iat is not a whole number of seconds from 1 to 2^53 - 1'
const expired = 'it has expired'
const tooLong = 'its lifetime is not within 604800 seconds'
const tooEarly = 'it is not valid yet'
const fromTheFuture = 'it was issued in the future'
const otherIssuer = 'its issuer is another one'
const otherAudience = 'it names no audience of ours'
const noSubject = 'sub is not a well-formed subject'

type Row = [
  what: string,
  claims: Record<string, unknown>,
  reason?: string | undefined,
  leeway?: typeof tenSeconds,
]

// A row for each way to pass and to fail; the long tables of bad values are in test/security/token.
const table: Partial<Record<CheckId, Row[]>> = {
  expiry: [
    ['with a second left', { exp: NOW + 1 }],
    ['in the very second of its expiry', { exp: NOW }, expired],
    ['in the last second of the leeway', { exp: NOW - 9 }, undefined, tenSeconds],
    ['when the leeway is over', { exp: NOW - 10 }, expired, tenSeconds],
    ['without an expiry', { exp: undefined }, noExp],
    ['with a text', { exp: `${NOW + 9}` }, noExp],
    ['with a fraction', { exp: NOW + 0.5 }, noExp],
    ['with zero', { exp: 0 }, noExp],
    ['with more than numbers can count', { exp: 2 ** 53 }, noExp],
    ['with the most that numbers can count', { exp: 2 ** 53 - 1 }],
  ],
  lifetime: [
    ['of one second', { exp: NOW + 1 }],
    ['of the longest time', { exp: NOW + week }],
    ['of a second more', { exp: NOW + week + 1 }, tooLong],
    ['of no time', { exp: NOW }, tooLong],
    ['that ends before it begins', { exp: NOW - 1 }, tooLong],
    ['without a beginning', { iat: undefined }, tooLong],
  ],
  'not-before': [
    ['without a beginning', {}],
    ['in its first second', { nbf: NOW }],
    ['a second too early', { nbf: NOW + 1 }, tooEarly],
    ['too early, within the leeway', { nbf: NOW + 10 }, undefined, tenSeconds],
    ['too early, beyond the leeway', { nbf: NOW + 11 }, tooEarly, tenSeconds],
    ['with a text', { nbf: 'now' }, noNbf],
    ['with null', { nbf: null }, noNbf],
    ['with a fraction', { nbf: NOW - 0.5 }, noNbf],
  ],
  'issued-at': [
    ['in this second', { iat: NOW }],
    ['in the next second', { iat: NOW + 1 }, fromTheFuture],
    ['in the future, within the leeway', { iat: NOW + 10 }, undefined, tenSeconds],
    ['in the future, beyond the leeway', { iat: NOW + 11 }, fromTheFuture, tenSeconds],
    ['without a time', { iat: undefined }, noIat],
    ['with a text', { iat: `${NOW}` }, noIat],
    ['with a fraction', { iat: NOW - 0.5 }, noIat],
  ],
  issuer: [
    ['that we trust', {}],
    ['of another name', { iss: 'https://other.example' }, otherIssuer],
    ['in a list', { iss: [policy.issuer] }, otherIssuer],
    ['that is absent', { iss: undefined }, otherIssuer],
  ],
  audience: [
    ['that is us', {}],
    ['with us among others', { aud: ['https://other.example', policy.audience] }],
    ['of another name', { aud: 'https://other.example' }, otherAudience],
    ['of others', { aud: ['a', 'b'] }, otherAudience],
    ['of nobody', { aud: [] }, otherAudience],
    ['with us beside something that is no text', { aud: [policy.audience, 5] }, otherAudience],
    ['that is absent', { aud: undefined }, otherAudience],
  ],
  identifiers: [
    ['without a session id', {}],
    ['with a session id', { sid: SESSION_ID }],
    ['without a subject', { sub: undefined }, noSubject],
    ['with a separator in the subject', { sub: 'ada/1' }, noSubject],
    ['without an id', { jti: undefined }, 'jti is not a random UUID'],
    ['with an id that is no UUID', { jti: '1' }, 'jti is not a random UUID'],
    ['with a session id that is no UUID', { sid: '1' }, 'sid is not a random UUID'],
    ['with a session id of null', { sid: null }, 'sid is not a random UUID'],
  ],
}

for (const [id, rows] of Object.entries(table)) {
  t.test(id, async (t) => {
    for (const [what, claims, reason, leeway] of rows) {
      t.test(`${reason === undefined ? 'passes' : 'refuses'} one ${what}`, async (t) => {
        const answer = await ask(id as CheckId, { claims: goodClaims(claims), ...leeway })
        t.equal(answer.reason, reason)
      })
    }
  })
}

t.test('claims', async (t) => {
  const payload = Buffer.from('{"sub":"ada"}')

  t.test('passes a JSON object, and keeps what it says', async (t) => {
    const { reason, input, verification } = await ask('claims', { payload, claims: {} })
    t.equal(reason, undefined)
    t.equal(input, '13 bytes')
    t.strictSame(verification.claims, { sub: 'ada' })
  })

  for (const text of [
    'null',
    '[]',
    '"ada"',
    '5',
    'ada',
    '{"sub":"ada","sub":"eve"}',
    '{"a":{"b":1,"b":2}}',
  ]) {
    t.test(`refuses ${text}, and keeps nothing`, async (t) => {
      const { reason, verification } = await ask('claims', {
        payload: Buffer.from(text),
        claims: {},
      })
      t.equal(
        reason,
        'the claims are not a JSON object in UTF-8 with each name once, at most 32 levels deep',
      )
      t.strictSame(verification.claims, {})
    })
  }
})

t.test('each check shows what it looked at', async (t) => {
  const claims = { ...goodClaims({ nbf: undefined, aud: ['a', 'b'] }) }
  const input = async (id: CheckId) => (await ask(id, { claims })).input
  t.equal(await input('expiry'), `exp ${NOW + 3600}, now ${NOW}`)
  t.equal(await input('lifetime'), `iat ${NOW}, exp ${NOW + 3600}`)
  t.equal(await input('not-before'), `nbf absent, now ${NOW}`)
  t.equal(await input('issued-at'), `iat ${NOW}, now ${NOW}`)
  t.equal(await input('issuer'), 'iss "learn-json-web-tokens"')
  t.equal(await input('audience'), 'aud ["a","b"]')
  t.equal(await input('identifiers'), `sub "ada", jti "${SESSION_ID}", sid absent`)
})

t.test('uuid and subjectGrammar are anchored: no line end, no second line', async (t) => {
  t.equal(uuid.test(SESSION_ID), true)
  t.equal(subjectGrammar.test('ada'), true)
  for (const around of ['\n', ' ', '\0', '\nx']) {
    t.equal(uuid.test(`${SESSION_ID}${around}`), false)
    t.equal(subjectGrammar.test(`${around}ada`), false)
    t.equal(subjectGrammar.test(`ada${around}`), false)
  }
})
