// S5 · RFC 8725 §3.2: a stranger's megabyte must not be split, decoded, parsed or hashed.
import t from 'tap'
import { explain } from '../../../example/token/explain.ts'
import { verifyJws } from '../../../example/token/verify.ts'
import {
  forge,
  goodClaims,
  goodHeader,
  key,
  keys,
  NOW,
  policy,
  sessionToken,
} from '../../support/fixtures.ts'
import { refusedBy } from './refused-by.ts'

const huge: Record<string, string> = {
  'one character too many': 'x'.repeat(policy.maxLength + 1),
  'a hundred thousand dots': '.'.repeat(100_000),
  'three long segments': ['x', 'x', 'x'].map((x) => x.repeat(500_000)).join('.'),
  'well-signed claims of 15 KB': sessionToken({ more: 'x'.repeat(15_360) }),
  'well-signed claims of a megabyte': sessionToken({ more: 'x'.repeat(1_048_576) }),
  'a well-signed header of 15 KB': forge(goodClaims(), { ...goodHeader, more: 'x'.repeat(15_360) }),
  'a good token with a megabyte of spaces': sessionToken() + ' '.repeat(1_048_576),
}
for (const [what, token] of Object.entries(huge)) {
  t.test(`${what}: refused by the length, and nothing else is asked`, async (t) => {
    t.equal(await refusedBy(token), 'length')
    const steps = await explain(token, { keys, policy, now: NOW })
    t.strictSame(
      steps.filter(({ result }) => result !== 'not reached').map(({ check }) => check.id),
      ['length'],
    )
  })
}

t.test('verifyJws() has a limit without being told one', async (t) => {
  await t.rejects(verifyJws('.'.repeat(100_000), key), { code: /^length$/ })
})

t.test('a token of exactly the greatest length is still read', async (t) => {
  const token = sessionToken({ more: 'x'.repeat(3000) })
  t.equal(await refusedBy(token, { policy: { ...policy, maxLength: token.length } }), 'accepted')
  t.equal(await refusedBy(token, { policy: { ...policy, maxLength: token.length - 1 } }), 'length')
})

t.test('as deep as JSON can be within the limit: refused, not crashed', async (t) => {
  const deep = `${'['.repeat(2500)}${']'.repeat(2500)}`
  t.equal(await refusedBy(forge(`{"sub":${deep}}`)), 'claims')
  t.equal(await refusedBy(forge(goodClaims(), `{"alg":${deep}}`)), 'header')
  t.equal(await refusedBy(forge('['.repeat(5000))), 'claims', 'without an end')
})
