// S16 · CVE-2026-35039: a cache of verified tokens that takes one token for another.
import t from 'tap'
import { createVerifier, type Verify } from '../../../example/token/verifier.ts'
import {
  forge,
  goodClaims,
  goodHeader,
  keys,
  NOW,
  policy,
  segment,
  sessionToken,
} from '../../support/fixtures.ts'
import { codeOf } from '../../support/refusal.ts'

/** A verifier that has already proven a token of ada. */
async function remembering(token = sessionToken()): Promise<Verify> {
  const verify = createVerifier({ keys, policy })
  await verify(token, NOW)
  return verify
}

const token = sessionToken()
const [header, payload, signature] = token.split('.')
const others: Record<string, [unknown, string]> = {
  'the same signature under other claims': [
    `${header}.${segment(goodClaims({ sub: 'eve' }))}.${signature}`,
    'signature',
  ],
  'the same header and claims under another signature': [
    forge(goodClaims(), goodHeader, 'guessed'),
    'signature',
  ],
  'the same claims under alg none': [
    `${segment({ ...goodHeader, alg: 'none' })}.${payload}.${signature}`,
    'algorithm',
  ],
  'the same token with a line end': [`${token}\n`, 'form'],
  'the same token with padding': [`${token}=`, 'form'],
  'the same token without its signature': [`${header}.${payload}.`, 'signature'],
  'the same token in a list, which turns into the same text': [[token], 'length'],
  'the same token in an object': [{ toString: () => token }, 'length'],
  'the name of a member of every object': ['__proto__', 'form'],
}
for (const [what, [other, code]] of Object.entries(others)) {
  t.test(`${what} is not the token that was proven`, async (t) => {
    const verify = await remembering(token)
    t.equal(await codeOf(verify(other as string, NOW)), code)
  })
}

t.test('what was proven is remembered, not for how long it holds', async (t) => {
  const verify = await remembering(token)
  t.equal(await codeOf(verify(token, NOW + 3599)), 'accepted')
  t.equal(await codeOf(verify(token, NOW + 3600)), 'expiry')
  t.equal(await codeOf(verify(token, NOW + 3600 * 24 * 365)), 'expiry')
  t.equal(await codeOf(verify(token, NOW - 1)), 'issued-at')
})

t.test('a token that was refused once, and good ones beside it, are judged anew', async (t) => {
  const verify = createVerifier({ keys, policy })
  const forged = forge(goodClaims({ sub: 'eve' }), goodHeader, 'guessed')
  for (let attempt = 0; attempt < 3; attempt++) {
    t.equal(await codeOf(verify(forged, NOW)), 'signature')
    t.equal(await codeOf(verify(token, NOW)), 'accepted')
  }
})

t.test('what one request does to its claims does not reach the next', async (t) => {
  const verify = await remembering(token)
  const claims = await verify(token, NOW)
  for (const [name, value] of Object.entries({ sub: 'eve', exp: NOW * 2, role: 'admin' }))
    t.equal(Reflect.set(claims, name, value), false)
  t.strictSame(await verify(token, NOW), goodClaims())
})
