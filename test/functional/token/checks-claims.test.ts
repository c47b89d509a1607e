import t from 'tap'
import type { CheckId } from '../../../example/token/types.ts'
import { goodClaims, NOW, policy, SESSION_ID } from '../../support/fixtures.ts'
import { ask } from './ask.ts'

const week = 604_800

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
const noId = 'jti is not a random UUID'
const noSessionId = 'sid is not a random UUID'

type Row = [what: string, claims: Record<string, unknown>, reason?: string]

// A row for each way to pass and to fail; the long tables of bad values, and the leeway, are in test/security/token.
const table: Partial<Record<CheckId, Row[]>> = {
  expiry: [
    ['with a second left', { exp: NOW + 1 }],
    ['in the very second of its expiry', { exp: NOW }, expired],
    ['without an expiry', { exp: undefined }, noExp],
    ['with a fraction', { exp: NOW + 0.5 }, noExp],
    ['with zero', { exp: 0 }, noExp],
  ],
  lifetime: [
    ['of one second', { exp: NOW + 1 }],
    ['of the longest time', { exp: NOW + week }],
    ['of a second more', { exp: NOW + week + 1 }, tooLong],
    ['of no time', { exp: NOW }, tooLong],
    ['without a beginning', { iat: undefined }, tooLong],
  ],
  'not-before': [
    ['without a beginning', {}],
    ['in its first second', { nbf: NOW }],
    ['a second too early', { nbf: NOW + 1 }, tooEarly],
    ['with null', { nbf: null }, noNbf],
  ],
  'issued-at': [
    ['in this second', { iat: NOW }],
    ['in the next second', { iat: NOW + 1 }, fromTheFuture],
    ['without a time', { iat: undefined }, noIat],
  ],
  issuer: [
    ['that we trust', {}],
    ['of another name', { iss: 'https://other.example' }, otherIssuer],
    ['that is absent', { iss: undefined }, otherIssuer],
  ],
  audience: [
    ['that is us', {}],
    ['with us among others', { aud: ['https://other.example', policy.audience] }],
    ['of another name', { aud: 'https://other.example' }, otherAudience],
    ['with us beside something that is no text', { aud: [policy.audience, 5] }, otherAudience],
    ['that is absent', { aud: undefined }, otherAudience],
  ],
  identifiers: [
    ['without a session id', {}],
    ['with a session id', { sid: SESSION_ID }],
    ['without a subject', { sub: undefined }, noSubject],
    ['without an id', { jti: undefined }, noId],
    ['with an id that is no UUID', { jti: '1' }, noId],
    ['with a session id that is no UUID', { sid: '1' }, noSessionId],
  ],
}

for (const [id, rows] of Object.entries(table)) {
  t.test(id, async (t) => {
    for (const [what, claims, reason] of rows) {
      t.test(`${reason === undefined ? 'passes' : 'refuses'} one ${what}`, async (t) => {
        const answer = await ask(id as CheckId, { claims: goodClaims(claims) })
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

  for (const text of ['null', '{"sub":"ada","sub":"eve"}']) {
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
