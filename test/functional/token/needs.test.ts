import t from 'tap'
import { checks } from '../../../example/token/checks.ts'
import { needs } from '../../../example/token/needs.ts'

t.test('a check needs only checks that come before it', async (t) => {
  const ids = checks.map(({ id }) => id)
  t.strictSame(Object.keys(needs), ids, 'each is named, in the order of the list')
  for (const [index, id] of ids.entries())
    for (const needed of needs[id]) t.ok(ids.indexOf(needed) < index, `${id} needs ${needed}`)
})

t.test('every claim hangs on the signature', async (t) => {
  t.strictSame(needs.claims, ['signature'])
  const claims: Array<keyof typeof needs> = ['expiry', 'issuer', 'audience', 'identifiers']
  for (const id of claims) t.strictSame(needs[id], ['claims'])
})
