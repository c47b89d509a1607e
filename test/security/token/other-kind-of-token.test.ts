// S9 · RFC 8725 §2.8 and §3.11, RFC 7515 §4.1.9: a token of one kind is used as another.
import t from 'tap'
import { forge, goodClaims, goodHeader, policy } from '../../support/fixtures.ts'
import { refusedBy } from './refused-by.ts'
import { shown } from './shown.ts'

const kinds = ['session+jwt', 'at+jwt', 'refresh+jwt', 'invitation+jwt', 'JWT']

for (const made of kinds)
  for (const wanted of kinds) {
    const verdict = made === wanted ? 'accepted' : 'type'
    t.test(`a token of the kind ${made} where ${wanted} is due: ${verdict}`, async (t) => {
      const token = forge(goodClaims(), { ...goodHeader, typ: made })
      t.equal(await refusedBy(token, { policy: { ...policy, type: wanted } }), verdict)
    })
  }

const same = ['session+jwt', 'SESSION+JWT', 'application/session+jwt', 'Application/Session+jwt']
for (const typ of same) {
  t.test(
    `${typ} is our kind: media types are compared without case and application/`,
    async (t) => {
      t.equal(await refusedBy(forge(goodClaims(), { ...goodHeader, typ })), 'accepted')
    },
  )
}

// biome-ignore format: a line for each kind
const tricks: unknown[] = [
  '', ' ', 'jwt', 'session', 'session+', '+jwt', 'session+jw', 'session+jwtx', 'xsession+jwt',
  ' session+jwt', 'session+jwt ', 'session+jwt\0', 'session +jwt', 'session+jwt;v=1',
  'session%2Bjwt',
  'session+jwt,at+jwt', 'text/session+jwt', 'application/application/session+jwt',
  'session+application/jwt', 'sessionapplication/+jwt', 'application//session+jwt', '/session+jwt',
  'application/', '.*', '*/*', 'ſession+jwt',
  undefined, null, 0, true, [], ['session+jwt'], {}, { toString: 'session+jwt' },
]
for (const typ of tricks) {
  t.test(`a typ of ${shown(typ)} is not our kind`, async (t) => {
    t.equal(await refusedBy(forge(goodClaims(), { ...goodHeader, typ })), 'type')
  })
}

t.test('a typ in the claims does not count', async (t) => {
  const { typ: _left, ...header } = goodHeader
  t.equal(await refusedBy(forge(goodClaims({ typ: 'session+jwt' }), header)), 'type')
})
