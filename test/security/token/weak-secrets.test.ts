// S27 · RFC 7518 §3.2, RFC 8725 §3.5: a secret that can be guessed, at home, from one token.
import { createHmac, createSecretKey } from 'node:crypto'
import t from 'tap'
import { secretKey } from '../../../example/token/key.ts'
import { messageOf } from '../../support/refusal.ts'
import { shown } from './shown.ts'

for (const [alg, least] of [
  ['HS256', 32],
  ['HS384', 48],
  ['HS512', 64],
] as const) {
  t.test(`${alg} needs a secret of ${least} bytes`, async (t) => {
    const load = (bytes: number) => () =>
      secretKey({ kid: 'a', alg, secret: Buffer.alloc(bytes, 7) })
    for (const bytes of [0, 1, 16, least - 1])
      t.equal(messageOf(load(bytes)), `Cannot use the secret: ${alg} needs ${least} bytes or more`)
    t.equal(messageOf(load(least)), 'accepted')
  })
}

t.test('a secret is bytes: nothing is turned into them in silence', async (t) => {
  const long = 'x'.repeat(64)
  const others = [
    undefined,
    null,
    long,
    64,
    [1, 2],
    { length: 64 },
    new ArrayBuffer(64),
    new Uint16Array(64),
  ]
  for (const secret of [...others, createSecretKey(Buffer.from(long)), { toString: () => long }])
    t.equal(
      messageOf(secretKey, { kid: 'a', alg: 'HS256', secret: secret as Uint8Array }),
      'Cannot use the secret: it is not bytes',
      shown(secret),
    )
})

t.test('the secret of the sample token that every tutorial shows is too short', async (t) => {
  const sample =
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c'
  const secret = 'your-256-bit-secret' // which has 152 bits, and stands on the first page of each word list
  const [header, payload, signature] = sample.split('.')
  const guess = createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url')
  t.equal(guess, signature, 'one guess finds it')
  t.equal(
    messageOf(() => secretKey({ kid: 'a', alg: 'HS256', secret: Buffer.from(secret) })),
    'Cannot use the secret: HS256 needs 32 bytes or more',
  )
})
