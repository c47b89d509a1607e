// S17 S18 S19 S20 · RFC 7519 §4.1.4–§4.1.6 and §2, RFC 8725 §3.8: a token that never ends.
// 1e999 is JSON, and JavaScript reads it as Infinity: both libraries accept such an exp forever.
import t from 'tap'
import { forge, goodClaims, NOW, policy, sessionToken } from '../../support/fixtures.ts'
import { refusedBy } from './refused-by.ts'

/** Claims in which the value of one is written as it stands, for JSON.stringify knows no 1e999. */
function literally(name: string, json: string): string {
  const marked = JSON.stringify(goodClaims({ [name]: 'HERE' }))
  return forge(marked.replace('"HERE"', json))
}

// What no time claim may be, in JSON.
// biome-ignore format: a line for each kind
const noTimes = [
  'null', 'true', 'false', '""', '"0"', `"${NOW}"`, `"${NOW + 60}"`, '"never"', '"Infinity"',
  '[]', `[${NOW}]`, '{}', '{"valueOf":1}', '{"valueOf":1,"toString":1}',
  '0', '-0', '-1', `-${NOW}`, '0.5', `${NOW}.5`, `${NOW - 1}.5`, '1e-9', '5e-324',
  '1e999', '-1e999', '1e308', '9007199254740992', '1e17', '18446744073709551616',
]
for (const json of noTimes) {
  t.test(`exp ${json} is refused`, async (t) => {
    t.equal(await refusedBy(literally('exp', json)), 'expiry')
  })

  t.test(`nbf ${json} is refused`, async (t) => {
    t.equal(await refusedBy(literally('nbf', json)), 'not-before')
  })

  t.test(`iat ${json} is refused`, async (t) => {
    // Some of these make no sense as a lifetime either, which is asked first.
    t.match(await refusedBy(literally('iat', json)), /^(lifetime|issued-at)$/)
  })
}

t.test('without exp or iat a token is refused', async (t) => {
  t.equal(await refusedBy(sessionToken({ exp: undefined })), 'expiry')
  t.equal(await refusedBy(sessionToken({ iat: undefined })), 'lifetime')
  t.equal(await refusedBy(sessionToken({ exp: undefined, iat: undefined })), 'expiry')
})

const tooLong: Record<string, Record<string, unknown>> = {
  'one second more than we issue': { exp: NOW + policy.maxLifetimeSeconds + 1 },
  'ten years': { exp: NOW + 315_360_000 },
  'an expiry in milliseconds': { exp: (NOW + 60) * 1000 },
  'the last safe number': { exp: Number.MAX_SAFE_INTEGER },
  'issued long ago, still to come': { iat: 1 },
}
for (const [what, claims] of Object.entries(tooLong)) {
  t.test(`a lifetime of ${what} is refused`, async (t) => {
    t.equal(await refusedBy(sessionToken(claims)), 'lifetime')
  })
}

t.test('a token that is dated ahead does not outlive the longest lifetime', async (t) => {
  const later = NOW + 315_360_000
  t.equal(await refusedBy(sessionToken({ iat: later, exp: later + 60 })), 'issued-at')
  t.equal(await refusedBy(sessionToken({ iat: later, nbf: NOW, exp: later + 60 })), 'issued-at')
  t.equal(await refusedBy(sessionToken({ iat: NOW * 1000, exp: NOW * 1000 + 60 })), 'issued-at')
})

for (const leewaySeconds of [0, 1, 60]) {
  const lenient = { ...policy, leewaySeconds }
  const at = (claims: Record<string, unknown>, now: number) =>
    refusedBy(sessionToken(claims), { policy: lenient, now })

  t.test(`a leeway of ${leewaySeconds} s is given once, to each of the three times`, async (t) => {
    const exp = NOW + 3600
    t.equal(await at({ exp }, exp - 1), 'accepted')
    t.equal(await at({ exp }, exp + leewaySeconds - 1), 'accepted')
    t.equal(await at({ exp }, exp + leewaySeconds), 'expiry')
    t.equal(await at({ exp }, exp + leewaySeconds + 1), 'expiry')

    const nbf = NOW + 600
    t.equal(await at({ nbf }, nbf - leewaySeconds - 1), 'not-before')
    t.equal(await at({ nbf }, nbf - leewaySeconds), 'accepted')

    t.equal(await at({}, NOW - leewaySeconds - 1), 'issued-at')
    t.equal(await at({}, NOW - leewaySeconds), 'accepted')
  })

  t.test(`a leeway of ${leewaySeconds} s does not make the lifetime longer`, async (t) => {
    const exp = NOW + policy.maxLifetimeSeconds
    t.equal(await at({ exp }, NOW), 'accepted')
    t.equal(await at({ exp: exp + 1 }, NOW), 'lifetime')
    t.equal(await at({ iat: NOW + 1, exp: NOW + 1 }, NOW), 'lifetime', 'nor does it end before')
  })
}
