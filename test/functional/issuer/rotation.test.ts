import t from 'tap'
import type { Grant } from '../../../example/issuer/grant.ts'
import { afterUse, type RefreshPolicy } from '../../../example/issuer/rotation.ts'

// What comes of a use is a function of the grant, the token and the time.

const grant: Grant = {
  id: 'grant',
  nsId: 'aaaaaaaaaaaa',
  subject: 'ada',
  valid: true,
  endsAt: 100_000,
  accessSeconds: 60,
  refreshSeconds: 1000,
  current: 'second',
  previous: 'first',
  rotatedAt: 5000,
}

function outcome(jti: string, at: number, policy: RefreshPolicy): string {
  const after = afterUse(grant, { jti, at, policy })
  if (after === undefined) return 'same'
  return after.valid ? `${after.previous} rotated` : 'ended'
}

t.test('under each policy, the current one', async (t) => {
  t.equal(outcome('second', 5001, 'noRefresh'), 'same')
  t.equal(outcome('second', 5999, 'noRefresh'), 'same')
  t.equal(outcome('second', 5001, 'refreshBoth'), 'second rotated')
  t.equal(outcome('second', 5700, 'refreshOnExpire'), 'same', 'thirty of a hundred are left')
  t.equal(outcome('second', 5701, 'refreshOnExpire'), 'second rotated')
})

t.test('under any policy, one before it', async (t) => {
  for (const policy of ['noRefresh', 'refreshOnExpire', 'refreshBoth'] as const) {
    t.equal(outcome('first', 5009, policy), 'same')
    t.equal(outcome('first', 5010, policy), 'ended')
    t.equal(outcome('first', 4990, policy), 'ended', 'a clock that was put back is no grace')
    t.equal(outcome('zeroth', 5001, policy), 'ended')
  }
})
