// S16 · FIPS 186-5 §6.4: in ECDSA, with (r, s) the pair (r, n − s) is a valid signature too, and
// anybody can write it down. So a second text of an ES256 token exists: the text must never be its identity.
import t from 'tap'
import { decode } from '../../../example/token/decode.ts'
import { generateKey } from '../../../example/token/generate-key.ts'
import { createVerifier } from '../../../example/token/verifier.ts'
import { NOW, SESSION_ID } from '../../support/fixtures.ts'
import { forgeWith } from '../../support/forge-with.ts'
import { curveOrders } from './curve-orders.ts'
import { holding, refusedBy } from './refused-by.ts'

function withNegatedS(token: string, n: bigint): string {
  const [header, payload, signature = ''] = token.split('.')
  const bytes = Buffer.from(signature, 'base64url')
  const half = bytes.length / 2
  const s = BigInt(`0x${bytes.subarray(half).toString('hex')}`)
  const negated = Buffer.from((n - s).toString(16).padStart(half * 2, '0'), 'hex')
  const second = Buffer.concat([bytes.subarray(0, half), negated])
  return `${header}.${payload}.${second.toString('base64url')}`
}

for (const [alg, n] of Object.entries(curveOrders) as [keyof typeof curveOrders, bigint][]) {
  const key = await generateKey({ kid: 'a', alg })
  const first = forgeWith(key)
  const second = withNegatedS(first, n)

  t.test(`${alg}: a second text of a token verifies, as the standard says`, async (t) => {
    t.not(first, second)
    t.equal(await refusedBy(first, holding(key)), 'accepted')
    t.equal(await refusedBy(second, holding(key)), 'accepted')
  })

  t.test(`${alg}: both texts name one session, so ending that session ends both`, async (t) => {
    t.equal(decode(first).claims?.jti, SESSION_ID)
    const verify = createVerifier(holding(key))
    const [one, other] = [await verify(first, NOW), await verify(second, NOW)]
    t.strictSame(one, other)
    t.equal(other.jti, SESSION_ID)
  })
}
