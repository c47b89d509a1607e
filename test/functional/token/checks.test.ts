import t from 'tap'
import { checks } from '../../../example/token/checks.ts'
import { timeChecks } from '../../../example/token/checks-times.ts'

// The order is a promise: each check may use what those above it have proven.
// biome-ignore format: a line for each kind
const inOrder = [
  'length', 'form', 'header',
  'type', 'algorithm', 'critical', 'embedded-key', 'key',
  'signature', // all below read claims, and need the signature to hold
  'claims', 'expiry', 'lifetime', 'not-before', 'issued-at',
  'issuer', 'audience', 'identifiers',
]

t.test('checks', async (t) => {
  t.test('are asked in this order', async (t) => {
    t.strictSame(
      checks.map(({ id }) => id),
      inOrder,
    )
  })

  t.test('whose answer changes with time are three', async (t) => {
    t.strictSame(
      timeChecks.map(({ id }) => id),
      ['expiry', 'not-before', 'issued-at'],
    )
  })

  for (const { id, rfc, promise, attack } of checks) {
    t.test(
      `${id} says what it promises, which attack it ends and where that is written`,
      async (t) => {
        t.match(promise, /^[A-Z].{10,}[^.]$/, 'a sentence without its full stop')
        t.match(attack, /^[A-Z].{10,}[^.]$/, 'a sentence without its full stop')
        for (const section of rfc.split(', '))
          t.match(section, /^(RFC \d{4} )?§\d+(\.\d+)*$/, `${section} can be looked up`)
      },
    )
  }
})

t.test('a check needs only checks that come before it', async (t) => {
  const ids = checks.map(({ id }) => id)
  for (const [index, { id, needs }] of checks.entries())
    for (const needed of needs) t.ok(ids.indexOf(needed) < index, `${id} needs ${needed}`)
})

t.test('every claim hangs on the signature', async (t) => {
  const needsOf = new Map(checks.map(({ id, needs }) => [id, needs]))
  t.strictSame(needsOf.get('claims'), ['signature'])
  for (const id of ['expiry', 'issuer', 'audience', 'identifiers'] as const)
    t.strictSame(needsOf.get(id), ['claims'])
})
