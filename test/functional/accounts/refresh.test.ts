import t from 'tap'
import type { Family } from '../../../example/accounts/family.ts'
import { afterUse, type RefreshRules } from '../../../example/accounts/refresh.ts'
import { NOW } from '../../support/fixtures.ts'

const rules: RefreshRules = { policy: 'refreshBoth', graceSeconds: 10, lifetimeSeconds: 1000 }

const family: Family = {
  id: '11111111-1111-4111-8111-111111111111',
  subject: 'ada',
  epoch: 'first',
  valid: true,
  createdAt: NOW - 100,
  seenAt: NOW - 50,
  endsAt: NOW + 5000,
  agent: 'curl',
  address: '192.0.2.1',
  current: 'R2',
  previous: 'R1',
  rotatedAt: NOW - 50,
  trail: [],
}

const use = (jti: string, at = NOW) => ({ jti, at, agent: 'curl' })
const outcomeOf = (used: Family) => used.trail.at(-1)?.outcome

t.test('refreshBoth: the current token is exchanged for a new one at every use', async (t) => {
  const used = afterUse(family, use('R2'), rules)
  t.hasStrict(used, { valid: true, previous: 'R2', rotatedAt: NOW, seenAt: NOW })
  t.notOk(['R1', 'R2'].includes(used.current))
  t.strictSame(used.trail, [{ ...use('R2'), outcome: 'rotated' }])
})

t.test('the predecessor is good until the last second of the grace', async (t) => {
  const last = afterUse(family, use('R1', family.rotatedAt + 9), rules)
  t.equal(outcomeOf(last), 'again')
  t.hasStrict(last, { valid: true, current: 'R2', rotatedAt: family.rotatedAt })
  const late = afterUse(family, use('R1', family.rotatedAt + 10), rules)
  t.equal(outcomeOf(late), 'reuse')
  t.notOk(late.valid)
})

t.test('no clock that was set back makes the grace longer, to either side', (t) => {
  const back = (seconds: number) => afterUse(family, use('R1', family.rotatedAt - seconds), rules)
  t.equal(outcomeOf(back(9)), 'again', 'two servers may be some seconds apart')
  t.equal(outcomeOf(back(10)), 'reuse')
  t.end()
})

t.test(
  'whatever is neither the current one nor its predecessor is theft at any time',
  async (t) => {
    for (const jti of ['R0', 'never one of ours', '']) {
      const used = afterUse(family, use(jti, family.rotatedAt), rules)
      t.hasStrict(used, { valid: false, current: 'R2' }, jti)
    }
  },
)

t.test('refreshOnExpire: only when less than three tenths of its life are left', async (t) => {
  const onExpire = { ...rules, policy: 'refreshOnExpire' } as const
  const at = (seconds: number) => afterUse(family, use('R2', family.rotatedAt + seconds), onExpire)
  t.equal(outcomeOf(at(700)), 'same')
  t.equal(at(700).current, 'R2')
  t.equal(outcomeOf(at(701)), 'rotated')
})

t.test('noRefresh: never', async (t) => {
  const used = afterUse(family, use('R2', family.rotatedAt + 999), {
    ...rules,
    policy: 'noRefresh',
  })
  t.hasStrict(used, { current: 'R2', previous: 'R1', trail: [{ outcome: 'same' }] })
})

t.test('the trail keeps the last twenty uses', async (t) => {
  let used = family
  for (let n = 0; n < 25; n += 1) used = afterUse(used, use(used.current, NOW + n), rules)
  t.equal(used.trail.length, 20)
  t.equal(used.trail.at(-1)?.at, NOW + 24)
})

t.test('neither the end of a family nor its epoch is moved by any use', async (t) => {
  for (const jti of ['R2', 'R1', 'R0'])
    t.hasStrict(afterUse(family, use(jti), rules), { endsAt: family.endsAt, epoch: 'first' })
})
