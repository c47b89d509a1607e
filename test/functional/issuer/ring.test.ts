import t from 'tap'
import { type Ring, rotated, without } from '../../../example/issuer/ring.ts'

const jwk = (kid: string) => ({ kid })
const ring: Ring = {
  nsId: 'aaaaaaaaaaaa',
  use: 'sig',
  current: jwk('one'),
  next: jwk('two'),
  since: 100,
  retired: [{ jwk: jwk('zero'), until: 500 }],
}

t.test(
  'the next key signs, a fresh one is published, the old one is kept for what it signed',
  async (t) => {
    t.same(rotated(ring, jwk('three'), 200, 1000), {
      ...ring,
      current: jwk('two'),
      next: jwk('three'),
      since: 200,
      retired: [
        { jwk: jwk('zero'), until: 500 },
        { jwk: jwk('one'), until: 1200 },
      ],
    })
    t.same(
      rotated(ring, jwk('three'), 500, 1000).retired,
      [{ jwk: jwk('one'), until: 1500 }],
      'and goes',
    )
  },
)

t.test('a dropped key is gone at once, whichever it was', async (t) => {
  t.same(without(ring, 'zero', jwk('three'), 200)?.retired, [])
  t.same(without(ring, 'two', jwk('three'), 200), { ...ring, next: jwk('three') })
  t.same(without(ring, 'one', jwk('three'), 200), {
    ...ring,
    current: jwk('two'),
    next: jwk('three'),
    since: 200,
  })
  t.equal(without(ring, 'four', jwk('three'), 200), undefined)
})
