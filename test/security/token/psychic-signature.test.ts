// S13 S15 · RFC 7518 §3.4, RFC 8032 §5.1.7, CVE-2022-21449: signatures made of nothing.
// With r = s = 0 the equation of ECDSA holds for every message, unless somebody looks at the range.
import { type KeyObject, sign } from 'node:crypto'
import t from 'tap'
import { generateKey } from '../../../example/token/generate-key.ts'
import type { Key } from '../../../example/token/key.ts'
import { forgeWith } from '../../support/forge-with.ts'
import { curveOrders } from './curve-orders.ts'
import { holding, refusedBy } from './refused-by.ts'

/** A good token of the key with another signature. */
async function verdict(key: Key, signature: Buffer) {
  const [header, payload] = forgeWith(key).split('.')
  return refusedBy(`${header}.${payload}.${signature.toString('base64url')}`, holding(key))
}

const privateHalf = (key: Key) => key.signingKey as KeyObject
const signatureOf = (token: string) => Buffer.from(token.split('.')[2] ?? '', 'base64url')

for (const [alg, n] of Object.entries(curveOrders) as [keyof typeof curveOrders, bigint][]) {
  const key = await generateKey({ kid: 'a', alg })
  const real = signatureOf(forgeWith(key))
  const size = real.length / 2
  const [r, s] = [real.subarray(0, size), real.subarray(size)]
  const number = (value: bigint, length = size) =>
    Buffer.from(value.toString(16).padStart(length * 2, '0'), 'hex')
  // The order of P-521 leaves seven bits free, so that the sum fits; the others need a byte more.
  const plusN = (bytes: Buffer) =>
    number(BigInt(`0x${bytes.toString('hex')}`) + n, alg === 'ES512' ? size : size + 1)

  const signingInput = forgeWith(key).split('.', 2).join('.')
  const der = sign(`sha${alg.slice(2)}`, Buffer.from(signingInput), privateHalf(key))

  const edges = { 0: 0n, 1: 1n, 'n - 1': n - 1n, n, 'n + 1': n + 1n }
  for (const [rName, rValue] of Object.entries(edges))
    for (const [sName, sValue] of Object.entries(edges)) {
      t.test(`${alg}: r = ${rName}, s = ${sName} is refused`, async (t) => {
        const bytes = Buffer.concat([number(rValue), number(sValue)])
        t.equal(await verdict(key, bytes), 'signature')
      })
    }

  const zero = Buffer.of(0)
  const lengths: Record<string, Buffer> = {
    'one byte': zero,
    'three bytes': Buffer.of(1, 2, 3),
    'only r': r,
    'one byte short': Buffer.concat([r, s.subarray(1)]),
    'one byte long': Buffer.concat([r, s, zero]),
    'both halves one byte long': Buffer.concat([zero, r, zero, s]),
    'r and s twice': Buffer.concat([r, s, r, s]),
    's before r': Buffer.concat([s, r]),
    'r twice': Buffer.concat([r, r]),
    'all bits set': Buffer.alloc(size * 2, 0xff),
    'a kilobyte': Buffer.alloc(1024, 1),
    'a good signature in DER': der,
    'r + n, which is r again,': Buffer.concat([plusN(r), s]),
    's + n, which is s again,': Buffer.concat([r, plusN(s)]),
  }
  for (const [what, bytes] of Object.entries(lengths)) {
    t.test(`${alg}: ${what} for a signature is refused`, async (t) => {
      t.equal(await verdict(key, bytes), 'signature')
    })
  }
}

t.test('EdDSA: a signature of nothing, of a wrong length or with S + L is refused', async (t) => {
  const key = await generateKey({ kid: 'a', alg: 'EdDSA' })
  const token = forgeWith(key)
  const real = signatureOf(token)
  t.equal(await refusedBy(token, holding(key)), 'accepted')

  // S is written with its least byte first; L is the order of the group (RFC 8032 §5.1).
  const order = 2n ** 252n + 27742317777372353535851937790883648493n
  const s = BigInt(`0x${Buffer.from(real.subarray(32)).reverse().toString('hex')}`)
  const more = Buffer.from((s + order).toString(16).padStart(64, '0'), 'hex').reverse()

  const signatures: Record<string, Buffer> = {
    'all zero': Buffer.alloc(64),
    'the neutral point and zero': Buffer.concat([Buffer.of(1), Buffer.alloc(63)]),
    'all bits set': Buffer.alloc(64, 0xff),
    'S + L': Buffer.concat([real.subarray(0, 32), more]),
    'one byte short': real.subarray(0, 63),
    'one byte long': Buffer.concat([real, Buffer.of(0)]),
    'one byte': Buffer.of(0),
  }
  for (const [what, bytes] of Object.entries(signatures))
    t.equal(await verdict(key, bytes), 'signature', what)
})
