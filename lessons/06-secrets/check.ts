import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mock } from 'node:test'
import { inspect } from 'node:util'
import { decode } from '../../example/token/decode.ts'
import { openShop } from '../change-of-secret/shop.ts'
import { type Checks, call } from '../checks.ts'
import { disagreement } from '../disagree.ts'
import type * as solution from './solution.ts'

type Lesson = typeof solution

/** Bytes that look random and are the same in every run. */
const bytes = (count: number, seed: string) =>
  createHash('shake256', { outputLength: count }).update(seed).digest()
const hex = (count: number, seed = 'a') => bytes(count, seed).toString('hex')
const base64url = (count: number, seed = 'a') => bytes(count, seed).toString('base64url')

const good = [
  base64url(32),
  hex(32),
  hex(32, 'b').toUpperCase(),
  base64url(64),
  hex(48),
  'f3a90c17d62b'.repeat(6),
]

/** Secrets to refuse, by the rule that each of them breaks. */
const bad = {
  missing: [undefined, '', '   '],
  short: ['secret', 'CHANGE_THIS_TO_SOMETHING_RANDOM'],
  shortHex: [hex(16), hex(31), hex(22).slice(1), `${hex(31)}a`, hex(31).toUpperCase()],
  shortBase64url: [base64url(24), base64url(31)],
  strange: [
    'correct horse battery staple, on the old kitchen mat',
    bytes(32, 'a').toString('base64'),
    `${base64url(16)}.${base64url(16)}`,
    `${base64url(32)}\n${base64url(32)}`,
  ],
  known: [
    'CHANGE_THIS_TO_SOMETHING_RANDOM_OR_SOMEBODY_GETS_IN',
    'Xk3v9QpL7rTz-your-256-bit-secret-2WmN8sBd4YfH',
    '0123456789abcdef'.repeat(4),
  ],
  repeating: ['ab'.repeat(32), 'x_y-z'.repeat(10), 'f3a90c17d62'.repeat(6)],
}

const [older, newer] = [base64url(32, 'older'), base64url(32, 'newer')]
const before = { JWT_SECRET: older }
const during = { JWT_SECRET: newer, JWT_SECRET_PREVIOUS: older }
const after = { JWT_SECRET: newer }

export default {
  'first step: a secret that a generator made'({ firstStep }) {
    if (firstStep === undefined)
      assert.fail('firstStep is undefined: paste what the generator prints, in quotes')
    const [digits, length] = [new Set(firstStep).size, firstStep.length]
    const whole = /^[\w-]{43}$/.test(firstStep)
    assert.ok(whole, `firstStep has ${length} characters. Is it one line, and all of it?`)
    assert.ok(
      digits >= 12,
      `firstStep has ${digits} different characters. Did a generator do that?`,
    )
  },

  async 'random bytes are accepted, in hexadecimal and in base64url'(lesson) {
    const settings = good.map((secret) => ({ JWT_SECRET: secret }))
    for (const env of settings)
      assert.equal(await given(lesson, env), env.JWT_SECRET, call('loadSecret', env))
    const shop = openShop(lesson)
    for (const env of settings) await shop.signIn(env)
  },

  async 'rule 1: a missing secret is refused, and nothing takes its place'(lesson) {
    await refuses(lesson, bad.missing, 'it is missing')
  },

  async 'rule 2: no characters but those of hexadecimal and base64url'(lesson) {
    await refuses(lesson, bad.strange, 'it is neither hexadecimal nor base64url')
  },

  async 'rule 3: fewer than 32 bytes are refused, however many characters write them'(lesson) {
    await refuses(lesson, bad.short, 'it stands for fewer than 32 bytes')
    await refuses(
      lesson,
      bad.shortHex,
      'two hexadecimal digits, small or capital, stand for one byte',
    )
    await refuses(lesson, bad.shortBase64url, 'four characters of base64url stand for three bytes')
  },

  async 'rule 4: words of the list are refused, whatever is around them'(lesson) {
    await refuses(lesson, bad.known, 'a word of the list is in it')
  },

  async 'rule 5: a secret that repeats a few characters is refused'(lesson) {
    await refuses(lesson, bad.repeating, 'it has fewer than 12 different characters')
  },

  async 'nothing that is thrown or printed shows a piece of a secret'({ loadSecret, loadKeys }) {
    const alone = [base64url(9), hex(16), hex(31), good[0], good[1], bad.repeating.at(-1)]
    const broken = [' ', '+', '_your-256-bit-secret_'].map((end) => [hex(16), end] as const)
    for (const [secret = '', end] of [...alone.map((own) => [own, ''] as const), ...broken]) {
      const env = { JWT_SECRET: `${secret}${end}` }
      tellsNothing(await heard(() => loadSecret(env)), secret, call('loadSecret', env))
      const both = { JWT_SECRET: newer, JWT_SECRET_PREVIOUS: `${secret}${end}` }
      tellsNothing(await heard(() => loadKeys(both)), secret, call('loadKeys', both))
    }
  },

  async 'during a change, tokens of the old secret are still good'(lesson) {
    const shop = openShop(lesson)
    const token = await shop.signIn(before)
    const status = await shop.open(during, token)
    const names = [...(await lesson.loadKeys(during)).keys.keys()].join(' and ')
    const { kid } = { ...decode(token).header }
    const what = `a token made before, with the kid ${kid}, where the keys are ${names}`
    assert.equal(status, 200, what)
  },

  async 'during a change, the new secret signs'(lesson) {
    const shop = openShop(lesson)
    const token = await shop.signIn(during)
    assert.equal(await shop.open(during, token), 200, 'a token made during, shown at once')
    assert.equal(await shop.open(after, token), 200, 'a token made during, shown after')
  },

  async 'after the change, tokens of the old secret are refused'(lesson) {
    const shop = openShop(lesson)
    const token = await shop.signIn(before)
    assert.equal(await shop.open(before, token), 200, 'a token made before, shown at once')
    assert.equal(await shop.open(after, token), 401, 'a token made before, shown after')
  },

  async 'a kid is the same at every start, and tells nothing of the secret'({ loadKeys }) {
    const [first, second] = [await loadKeys(before), await loadKeys(before)]
    assert.equal(second.signingKey.kid, first.signingKey.kid, `${call('loadKeys', before)} twice`)
    const { kid } = first.signingKey
    const forms = ['utf8', 'hex', 'base64url'] as const
    const kidOf = call('loadKeys', before)
    for (const form of forms)
      for (const other of forms)
        tellsNothing(Buffer.from(kid, form).toString(other), older, `the kid that ${kidOf} gives`)
  },

  async 'different secrets have different kids'({ loadKeys }) {
    const kids = new Map<string, string>()
    for (let seed = 0; seed < 100; seed += 1) {
      const env = { JWT_SECRET: base64url(32, `${seed}`) }
      const { kid } = (await loadKeys(env)).signingKey
      const other = kids.get(kid)
      if (other !== undefined) assert.fail(`${call('loadKeys', env)} and ${other}: the same kid`)
      kids.set(kid, call('loadKeys', env))
    }
  },

  async 'the old secret has to keep the same rules; an empty one means none'(lesson) {
    for (const old of Object.values(bad).flat()) {
      if (!old?.trim()) continue
      const env = { JWT_SECRET: newer, JWT_SECRET_PREVIOUS: old }
      if ((await thrownBy(() => lesson.loadKeys(env))) === undefined)
        assert.fail(`${call('loadKeys', env)} should throw, because the old secret is weak`)
    }
    const shop = openShop(lesson)
    await shop.signIn({ JWT_SECRET: newer, JWT_SECRET_PREVIOUS: '' })
  },
} satisfies Checks<typeof solution>

async function given({ loadSecret }: Lesson, env: Parameters<Lesson['loadSecret']>[0]) {
  try {
    return await loadSecret(env)
  } catch (thrown) {
    throw disagreement(given, `${call('loadSecret', env)} threw ${thrown}`, { thrown })
  }
}

async function thrownBy(act: () => unknown): Promise<unknown> {
  try {
    await act()
    return undefined
  } catch (error) {
    return error ?? 'something'
  }
}

/** A server calls loadKeys before anything else: where that throws, none starts. */
async function refuses(
  lesson: typeof solution,
  secrets: ReadonlyArray<string | undefined>,
  why: string,
): Promise<void> {
  for (const secret of secrets)
    for (const name of ['loadSecret', 'loadKeys'] as const) {
      const env = secret === undefined ? {} : { JWT_SECRET: secret }
      if ((await thrownBy(() => lesson[name](env))) !== undefined) continue
      throw disagreement(refuses, `${call(name, env)} should throw, because ${why}`)
    }
}

/** Everything that comes out of a call: what it throws, and what it prints meanwhile. */
async function heard(act: () => unknown): Promise<string> {
  let printed = ''
  const listen = (text: unknown) => {
    printed += String(text)
    return true
  }
  const ears = [process.stdout, process.stderr].map((out) => mock.method(out, 'write', listen))
  const thrown = await thrownBy(act)
  for (const ear of ears) ear.mock.restore()
  return thrown === undefined ? printed : `${printed}${inspect(thrown)}`
}

/** Six characters in a row are a piece, and so are four at an end: enough to see which secret it is, and a start for guessing. */
function tellsNothing(text: string, secret = '', whatWasCalled: string): void {
  const end = [secret.slice(0, 4), secret.slice(-4)].find((four) => text.includes(four))
  if (end !== undefined) assert.fail(`${whatWasCalled} shows "${end}" of the secret`)
  for (let at = 0; at + 6 <= secret.length; at += 1) {
    const piece = secret.slice(at, at + 6)
    if (text.includes(piece)) assert.fail(`${whatWasCalled} shows "${piece}" of the secret`)
  }
}
