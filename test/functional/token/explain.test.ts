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

  t.test('tells what a check saw when it passed, and whose rule it is', async (t) => {
    const [length, form] = await explain('e30.e30.e30', options)
    const ours = 'no RFC limits the length of a token; we read 8192 characters'
    t.strictSame(length, { check: checks[0], result: 'passed', input: '11 characters', ours })
    t.equal(form?.ours, undefined, 'an RFC asks for it')
  })

  t.test('tells why a check failed, and goes on with all that does not need it', async (t) => {
    const steps = await explain(sessionToken({ exp: NOW, iss: 'other' }), options)
    const failed = steps.filter(({ result }) => result === 'failed')
    t.strictSame(
      failed.map(({ check, reason }) => [check.id, reason]),
      [
        ['expiry', 'it has expired'],
        ['lifetime', 'its lifetime is not within 604800 seconds'],
        ['issuer', 'its issuer is another one'],
      ],
    )
    t.ok(steps.every(({ result }) => result !== 'not reached'))
  })

  t.test('does not reach what means nothing any more, and says why', async (t) => {
    const ofAnother = forge(goodClaims(), { alg: 'HS256', typ: 'JWT' }, 'their secret')
    const steps = await explain(ofAnother, options)
    const said = new Map(steps.map(({ check, ...step }) => [check.id, step]))
    t.equal(said.get('type')?.result, 'failed')
    t.equal(said.get('algorithm')?.result, 'passed', 'a wrong typ hides no algorithm')
    t.equal(said.get('key')?.result, 'failed')
    for (const { check, ...step } of steps.slice(8))
      t.strictSame(step, { result: 'not reached', reason: '"key" failed' }, check.id)
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
    'a token for others': sessionToken({ aud: ['x'] }),
    'an expired token': sessionToken({ exp: NOW - 1 }),
    'a huge text': 'x'.repeat(100_000),
  }
  for (const [what, token] of Object.entries(tokens)) {
    t.test(`first fails where verify() does, on ${what}`, async (t) => {
      const steps = await explain(token as string, options)
      const failed = steps.find(({ result }) => result === 'failed')?.check.id ?? 'accepted'
      t.equal(failed, await codeOf(verify(token as string, options)))
    })
  }
})
