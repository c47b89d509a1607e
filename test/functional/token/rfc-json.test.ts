import t from 'tap'
import { checks } from '../../../example/token/checks.ts'
import { isGoodForTheRfcs } from '../../../example/token/rfc-json.ts'
import type { CheckId, Verification } from '../../../example/token/types.ts'
import { begin } from '../../../example/token/verify.ts'
import { goodClaims, keys, NOW, policy } from '../../support/fixtures.ts'

/** Whether a failure of this check is by a rule of our own. */
function ours(id: CheckId, parts: Partial<Verification>): boolean {
  const verification = { ...begin('', { keys, policy, now: NOW }), ...parts }
  return checks.find((check) => check.id === id)?.ours?.(verification, true) !== undefined
}

const twice = Buffer.from('{"a":{"b":1,"b":2}}')
const claims = (replaced: Record<string, unknown>) => ({ claims: goodClaims(replaced) })

t.test('a refusal is by our own rule', async (t) => {
  const own: Array<[what: string, id: CheckId, parts: Partial<Verification>]> = [
    ['a long token', 'length', {}],
    ['a header with a key', 'embedded-key', {}],
    ['inner names twice', 'header', { segments: [twice.toString('base64url')] }],
    ['inner names twice', 'claims', { payload: twice }],
    ['no exp', 'expiry', claims({ exp: undefined })],
    ['half a second', 'expiry', claims({ exp: NOW + 0.5 })],
    ['half a second', 'not-before', claims({ nbf: NOW - 0.5 })],
    ['ten years', 'lifetime', claims({ exp: NOW + 315_360_000 })],
    ['no life at all', 'lifetime', claims({ exp: NOW })],
    ['no iat', 'lifetime', claims({ iat: undefined })],
    ['no iat', 'issued-at', claims({ iat: undefined })],
    ['a long name', 'identifiers', claims({ sub: 'a b' })],
  ]
  for (const [what, id, parts] of own) t.ok(ours(id, parts), `${id}: ${what}`)
})

t.test('a refusal is by an RFC', async (t) => {
  const theirs: Array<[what: string, id: CheckId, parts: Partial<Verification>]> = [
    ['five parts', 'form', {}],
    ['alg twice', 'header', { segments: [Buffer.from('{"a":1,"a":2}').toString('base64url')] }],
    ['no header', 'header', {}],
    ['null', 'claims', { payload: Buffer.from('null') }],
    ['alg none', 'algorithm', {}],
    ['a forged one', 'signature', {}],
    ['an expired one', 'expiry', claims({ exp: NOW })],
    ['text for a time', 'not-before', claims({ nbf: 'x' })],
    ['text for a time', 'lifetime', claims({ iat: 'x' })],
    ['text for a time', 'issued-at', claims({ iat: 'x' })],
    ['a number for a name', 'identifiers', claims({ sub: 5 })],
  ]
  for (const [what, id, parts] of theirs) t.notOk(ours(id, parts), `${id}: ${what}`)
})

t.test('isGoodForTheRfcs() wants JSON in UTF-8 with its outer names once', async (t) => {
  const verdict = (text: string) => isGoodForTheRfcs(Buffer.from(text))
  t.ok(verdict('{"a":{"b":1,"b":2}}'))
  for (const text of ['{"a":1,"a":2}', '[]', 'null', '{', '\ufeff{}']) t.notOk(verdict(text), text)
  t.notOk(isGoodForTheRfcs(Buffer.of(0x7b, 0xff)))
})
