import t from 'tap'
import { checks } from '../../../example/token/checks.ts'
import { explain } from '../../../example/token/explain.ts'
import { verify } from '../../../example/token/verify.ts'
import {
  forge,
  goodClaims,
  goodHeader,
  keys,
  NOW,
  policy,
  sessionToken,
} from '../../support/fixtures.ts'
import { codeOf } from '../../support/refusal.ts'

const options = { keys, policy, now: NOW }

t.test('explain()', async (t) => {
  t.test('runs every check of the list, in its order', async (t) => {
    const steps = await explain(sessionToken(), options)
    t.strictSame(
      steps.map(({ check }) => check),
      checks,
    )
    t.strictSame([...new Set(steps.map(({ result }) => result))], ['passed'])
  })

  t.test('tells what a check saw when it passed', async (t) => {
    const [length] = await explain('e30.e30.e30', options)
    t.strictSame(length, { check: checks[0], result: 'passed', input: '11 characters' })
  })

  t.test('tells why a check failed, and does not reach those behind it', async (t) => {
    const steps = await explain(sessionToken({ exp: NOW }), options)
    const failed = steps.findIndex(({ result }) => result === 'failed')
    t.strictSame(steps[failed], {
      check: checks.find(({ id }) => id === 'expiry'),
      result: 'failed',
      input: `exp ${NOW}, now ${NOW}`,
      reason: 'Cannot accept the token: it has expired',
    })
    for (const step of steps.slice(0, failed)) t.equal(step.result, 'passed')
    t.strictSame(
      steps.slice(failed + 1),
      checks.slice(failed + 1).map((check) => ({ check, result: 'not reached' })),
    )
  })

  const tokens: Record<string, unknown> = {
    'a good token': sessionToken(),
    'a good token with a leaner header': forge(goodClaims(), { ...goodHeader, typ: 'SESSION+jwt' }),
    'a token without a signature': `${sessionToken().split('.', 2).join('.')}.`,
    'an unsecured token': forge(goodClaims(), { ...goodHeader, alg: 'none' }),
    'a token with a key of its own': forge(goodClaims(), { ...goodHeader, jwk: {} }),
    'a token of an unknown key': forge(goodClaims(), { ...goodHeader, kid: 'x' }),
    'a token with an extension': forge(goodClaims(), { ...goodHeader, crit: ['x'] }),
    'a forged token': forge(goodClaims(), goodHeader, 'guessed'),
    'claims that are null': forge('null'),
    'claims that break a conversion to a number': forge(
      JSON.stringify(goodClaims()).replace(`"iat":${NOW}`, '"iat":{"valueOf":1,"toString":1}'),
    ),
    'deep claims': forge(`{"exp":${'['.repeat(2500)}${']'.repeat(2500)}}`),
    'a token for others': sessionToken({ aud: ['x'] }),
    'an expired token': sessionToken({ exp: NOW - 1 }),
    'an empty text': '',
    dots: '..',
    'a huge text': 'x'.repeat(100_000),
    'no text at all': undefined,
    'a list': [sessionToken()],
  }
  for (const [what, token] of Object.entries(tokens)) {
    t.test(`gives the same verdict as verify() on ${what}`, async (t) => {
      const steps = await explain(token as string, options)
      const failed = steps.filter(({ result }) => result === 'failed').map(({ check }) => check.id)
      t.strictSame(failed, await codesOf(token as string))
    })
  }
})

/** What verify() says: no code for a good token, one for a bad one. */
async function codesOf(token: string): Promise<string[]> {
  const code = await codeOf(verify(token, options))
  return code === 'accepted' ? [] : [code]
}
