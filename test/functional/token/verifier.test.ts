import t from 'tap'
import { type Key, keySet } from '../../../example/token/key.ts'
import { createVerifier } from '../../../example/token/verifier.ts'
import {
  forge,
  goodClaims,
  goodHeader,
  key,
  NOW,
  policy,
  sessionToken,
} from '../../support/fixtures.ts'
import { codeOf, messageOf } from '../../support/refusal.ts'

/** Keys that count how often one is asked for: once for each token that is proven from the start. */
class CountingKeys extends Map<string, Key> {
  asked = 0
  override get(kid: string): Key | undefined {
    this.asked++
    return super.get(kid)
  }
}

function counted(options: { cacheSize?: number; leewaySeconds?: number } = {}) {
  const { leewaySeconds = 0, ...cache } = options
  const keys = new CountingKeys([[key.kid, key]])
  const verify = createVerifier({ keys, policy: { ...policy, leewaySeconds }, ...cache })
  return { keys, verify }
}

t.test('createVerifier()', async (t) => {
  t.test('proves a token once and remembers it', async (t) => {
    const { keys, verify } = counted()
    const token = sessionToken()
    for (const now of [NOW, NOW + 1, NOW + 3599])
      t.strictSame(await verify(token, now), goodClaims())
    t.equal(keys.asked, 1)
  })

  t.test('gives a remembered token the same leeway, and no more', async (t) => {
    const { verify } = counted({ leewaySeconds: 10 })
    const token = sessionToken({ exp: NOW + 60 })
    t.equal(await codeOf(verify(token, NOW)), 'accepted')
    t.equal(await codeOf(verify(token, NOW + 69)), 'accepted')
    t.equal(await codeOf(verify(token, NOW + 70)), 'expiry')
  })

  t.test('refuses a remembered token when the clock goes back before its beginning', async (t) => {
    const { verify } = counted()
    const token = sessionToken({ nbf: NOW })
    t.equal(await codeOf(verify(token, NOW)), 'accepted')
    t.equal(await codeOf(verify(token, NOW - 1)), 'not-before')
  })

  t.test('does not remember a token that was refused', async (t) => {
    const { keys, verify } = counted()
    const early = sessionToken({ nbf: NOW + 60 })
    t.equal(await codeOf(verify(early, NOW)), 'not-before')
    t.equal(await codeOf(verify(early, NOW)), 'not-before')
    t.equal(keys.asked, 2)
    t.equal(await codeOf(verify(early, NOW + 60)), 'accepted', 'and nothing bad either')
  })

  t.test(
    'knows a token by its whole text: the same claims in another one are proven again',
    async (t) => {
      const { keys, verify } = counted()
      const claims = goodClaims()
      await verify(forge(claims), NOW)
      t.equal(await codeOf(verify(forge(claims, goodHeader, 'another secret'), NOW)), 'signature')
      t.equal(await codeOf(verify(forge(claims, { ...goodHeader, x: 1 }), NOW)), 'accepted')
      t.equal(keys.asked, 3)
    },
  )

  t.test('forgets the least recently used token first', async (t) => {
    const { keys, verify } = counted({ cacheSize: 2 })
    const [a, b, c] = ['a', 'b', 'c'].map((sub) => sessionToken({ sub })) as [
      string,
      string,
      string,
    ]
    for (const token of [a, b, a, c]) await verify(token, NOW)
    t.equal(keys.asked, 3, 'three tokens were new; c took the place of b, for a was used since')
    await verify(a, NOW)
    await verify(c, NOW)
    t.equal(keys.asked, 3, 'a and c are remembered')
    await verify(b, NOW)
    t.equal(keys.asked, 4, 'b was forgotten')
  })

  t.test('shares nothing with another verifier', async (t) => {
    const token = sessionToken()
    const first = counted()
    const second = counted()
    await first.verify(token, NOW)
    await second.verify(token, NOW)
    t.equal(second.keys.asked, 1)
  })
})

t.test('a verifier is not made for clocks that are minutes apart', async (t) => {
  createVerifier({ keys: keySet(key), policy: { ...policy, leewaySeconds: 60 } })
  const generous = { keys: keySet(key), policy: { ...policy, leewaySeconds: 61 } }
  t.equal(
    messageOf(createVerifier, generous),
    'Cannot make a verifier: its leeway is over 60 seconds',
  )
})
