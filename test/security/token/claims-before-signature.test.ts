// S11 · RFC 7515 §5.2, RFC 7519 §7.2: until the signature holds, the claims are a stranger's text.
import t from 'tap'
import { checks } from '../../../example/token/checks.ts'
import { explain } from '../../../example/token/explain.ts'
import { begin, refusalOf } from '../../../example/token/verify.ts'
import {
  forge,
  goodClaims,
  goodHeader,
  keys,
  NOW,
  policy,
  sessionToken,
} from '../../support/fixtures.ts'
import { refusedBy } from './refused-by.ts'

// Those that prove the bytes: up to and with the signature.
const jwsChecks = checks.slice(0, 1 + checks.findIndex(({ id }) => id === 'signature'))

const options = { keys, policy, now: NOW }
const forged = (payload: Record<string, unknown> | string) => forge(payload, goodHeader, 'guessed')

const payloads: Record<string, Record<string, unknown> | string> = {
  'good claims': goodClaims(),
  'expired claims': goodClaims({ exp: 1 }),
  'claims for others': goodClaims({ aud: 'other', iss: 'other' }),
  'a session id of somebody else': goodClaims({ sid: goodClaims().jti, sub: 'eve' }),
  'no JSON': 'not JSON',
  null: 'null',
  'names written twice': '{"sub":"ada","sub":"eve"}',
}
for (const [what, payload] of Object.entries(payloads)) {
  t.test(`a forged token with ${what} fails at the signature: nobody looked further`, async (t) => {
    t.equal(await refusedBy(forged(payload)), 'signature')
    const steps = await explain(forged(payload), options)
    for (const { check, result, input } of steps.slice(jwsChecks.length))
      t.strictSame([check.id, result, input], [check.id, 'not reached', undefined])
  })
}

t.test('while the bytes are proven, nothing touches the claims', async (t) => {
  const touched: string[] = []
  const verification = {
    ...begin(sessionToken(), options),
    get claims(): Record<string, unknown> {
      touched.push('read')
      return {}
    },
    set claims(_value: Record<string, unknown>) {
      touched.push('written')
    },
  }
  for (const check of jwsChecks) {
    t.equal(await refusalOf(check, verification), undefined, check.id)
    check.input(verification)
  }
  t.strictSame(touched, [])
  const next = checks[jwsChecks.length]
  if (next !== undefined) await refusalOf(next, verification)
  t.strictSame(touched, ['written'], 'the next check is the one that reads them')
})
