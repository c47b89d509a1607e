import assert, { AssertionError } from 'node:assert/strict'
import crypto, { createHmac } from 'node:crypto'
import { channel } from 'node:diagnostics_channel'
import { syncBuiltinESMExports } from 'node:module'
import { inspect } from 'node:util'
import { SignJWT } from 'jose'
import jwt from 'jsonwebtoken'
import type { Checks } from '../checks.ts'
import { call } from '../checks.ts'
import { takesFirstStep } from '../first-step.ts'
import type * as solution from './solution.ts'

type Verify = typeof solution.verify

const answers: Parameters<typeof takesFirstStep<NonNullable<(typeof solution)['firstStep']>>>[1] = {
  none: { thinkAgain: 'then a token would fit at every server, whatever its secret' },
  one: {
    thinkAgain:
      'look at payload 52: one bit of what was signed changed there. How many came out wrong?',
  },
  'about half': 'right',
}

// RFC 7515 appendix A.1: a token with its secret, published for everybody to compare with.
const published =
  'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const secret = Buffer.from(
  'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow',
  'base64url',
)
const joe = { iss: 'joe', exp: 1300819380, 'http://example.com/is_root': true }
const hs256 = { alg: 'HS256', typ: 'JWT' }
const ada = { sub: 'ada' }
const good = forge(hs256, ada)
const [header, payload, signature = ''] = good.split('.')
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
// Of many lengths: two payloads in three have spare bits, as every signature has.
const people = Array.from({ length: 47 }, (_, at) => ({ sub: alphabet.slice(0, at + 1) }))
const everybody = [ada, { sub: 'adam' }, ...people]
const fifty = [published, ...everybody.map((claims) => forge(hs256, claims))]

// Heard from before your file is loaded, in whatever way that imports it.
const { timingSafeEqual } = crypto
const compared = channel('lesson 3: timingSafeEqual')
const watched: typeof timingSafeEqual = (a, b) => {
  compared.publish(undefined)
  return timingSafeEqual(a, b)
}
Object.assign(crypto, { timingSafeEqual: watched })
syncBuiltinESMExports()

export default {
  'first step: the same token, another secret'({ firstStep }) {
    takesFirstStep(firstStep, answers)
  },

  async 'a library accepts what sign makes'({ sign }) {
    for (const claims of [...everybody, { sub: 'Zoë 日本', admin: false, n: 7 }]) {
      const token = await sign(claims, secret)
      const verdict = await answer(() => jwt.verify(token, secret, { algorithms: ['HS256'] }))
      assert.deepEqual(verdict, claims, `jwt.verify(${saying('sign', claims)}, secret)`)
    }
  },
  async 'verify returns the claims that others signed'({ verify }) {
    const byJose = await new SignJWT(ada).setProtectedHeader({ alg: 'HS256' }).sign(secret)
    // A copy, for what an object inherits does not matter.
    const ask = (token: string) => answer(async () => structuredClone(await verify(token, secret)))
    assert.deepEqual(await ask(byJose), ada, saying('verify', byJose))
    assert.deepEqual(
      await ask(published),
      joe,
      `RFC 7515 A.1, whose JSON has line breaks: ${saying('verify', published)}`,
    )
    for (const claims of everybody) {
      const token = forge(hs256, claims)
      assert.deepEqual(await ask(token), claims, saying('verify', token))
    }
  },
  async 'what was signed with another secret, or not at all, is refused'({ verify }) {
    const eve = forge(hs256, { sub: 'eve' }).split('.')[1]
    await refuses(verify, `${header}.${eve}.${signature}`, 'a new payload, the old signature')
    await refuses(verify, `${header}.${payload}.${'A'.repeat(43)}`, 'a signature of 32 zeros')
    await refuses(verify, forge(hs256, ada, { key: 'guessed' }), 'signed with another secret')
    const another = Buffer.from('another')
    await refuses((token) => verify(token, another), good, 'when the secret is another one')
  },
  async 'a signature of another length is refused, and not by accident'({ verify }) {
    for (const length of [0, 1, 2, 22, 42, 86]) {
      const cut = signature.repeat(2).slice(0, length)
      await refuses(verify, `${header}.${payload}.${cut}`, `a signature of length ${length}`)
    }
    const longer = `${header}.${payload}.é${signature.slice(1)}`
    await refuses(verify, longer, 'a signature of 43 characters that are 44 bytes')
  },
  async 'the header never chooses the algorithm'({ verify }) {
    const unsecured = forge({ alg: 'none' }, ada).split('.', 2).join('.')
    await refuses(verify, `${unsecured}.`, 'alg none, no signature')
    await refuses(
      verify,
      forge({ alg: 'HS512' }, ada, { hash: 'sha512' }),
      'alg HS512, and the right HMAC for it',
    )
    for (const alg of ['none', 'HS512', 'RS256', 'hs256', 'HS256 ', '', null, ['HS256'], undefined])
      await refuses(verify, forge({ alg }, ada), `alg ${inspect(alg)}, and the right HMAC`)
  },
  async 'what is not three parts, or not made of JSON objects, is refused'({ verify }) {
    for (const token of ['', 'a', '..', `${header}.${payload}`, `${good}.`, `${good}.${payload}`])
      await refuses(verify, token, `${token.split('.').length} parts`)
    for (const part of ['null', '["ada"]', 'ada']) {
      await refuses(verify, forge(part, ada), `the header ${part}, signed`)
      await refuses(verify, forge(hs256, part), `the payload ${part}, signed`)
    }
  },
  async 'any one character changed: refused, or the very same bytes'({ verify }) {
    for (const [nth, token] of fifty.entries())
      for (const [changed, what] of oneCharacterOff(token, nth))
        await refuses(verify, changed, what)
  },
  async 'the signature is compared by timingSafeEqual'({ verify }) {
    for (const token of [good, `${header}.${payload}.${'A'.repeat(43)}`]) {
      let heard = 0
      const hear = () => {
        heard += 1
      }
      compared.subscribe(hear)
      await answer(() => verify(token, secret))
      compared.unsubscribe(hear)
      assert.ok(heard > 0, `${saying('verify', token)} did not call timingSafeEqual of node:crypto`)
    }
  },
} satisfies Checks<typeof solution>

/** Signs any header and any payload, which no library would. */
function forge(head: unknown, body: unknown, { key = '', hash = 'sha256' } = {}): string {
  const parts = [head, body].map((part) => (typeof part === 'string' ? part : JSON.stringify(part)))
  const signingInput = parts.map((part) => Buffer.from(part).toString('base64url')).join('.')
  const mac = createHmac(hash, key || secret).update(signingInput)
  return `${signingInput}.${mac.digest('base64url')}`
}

async function answer(ask: () => unknown): Promise<unknown> {
  try {
    return await ask()
  } catch (error) {
    return `it threw ${error}`
  }
}

/** Any error is a refusal, but not the accident of timingSafeEqual with two lengths, nor one that gives the signature away. */
async function refuses(verify: Verify, token: string, what: string): Promise<void> {
  let found = ''
  try {
    found = `returned ${inspect(await verify(token, secret))}`
  } catch (error) {
    if (Object(error).code === 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH')
      found = `threw by accident: ${error}`
    else if (showsSignature(`${error}`, token)) found = `threw the right signature: ${error}`
    else return
  }
  const message = `${what}: ${saying('verify', token)} should refuse, but ${found}`
  throw new AssertionError({ message, operator: 'fail', stackStartFn: refuses })
}

function showsSignature(text: string, token: string): boolean {
  if (!/[\w-]{43}/.test(text)) return false
  const signingInput = token.split('.', 2).join('.')
  const right = createHmac('sha256', secret).update(signingInput).digest('base64url')
  return text.includes(right) && !token.includes(right)
}

/**
 * Each character is changed: in one token in every way, in the others in one, here this and there that.
 * A signature that still decodes to the same 32 bytes is left out.
 */
function* oneCharacterOff(token: string, nth: number): Generator<[changed: string, what: string]> {
  const dot = token.lastIndexOf('.')
  const bytes = Buffer.from(token.slice(dot + 1), 'base64url')
  for (const [at, was] of [...token].entries()) {
    const others = alphabet.replace(was, '')
    for (const is of nth === 0 ? others : others.charAt((at + nth) % 63)) {
      const changed = token.slice(0, at) + is + token.slice(at + 1)
      const spare = at > dot && Buffer.from(changed.slice(dot + 1), 'base64url').equals(bytes)
      if (!spare) yield [changed, `character ${at + 1} was ${was} and is ${is}`]
    }
  }
}

function saying(name: string, argument: unknown): string {
  return call(name, argument).replace(/\)$/, ', secret)')
}
