import assert from 'node:assert/strict'
import { inspect } from 'node:util'
import { sessionPolicy } from '../../example/sessions/policy.ts'
import { claimsChecks } from '../../example/token/checks-claims.ts'
import type { JsonObject, Policy } from '../../example/token/types.ts'
import { begin } from '../../example/token/verify.ts'
import type { Checks } from '../checks.ts'
import { disagreement } from '../disagree.ts'
import { takesFirstStep } from '../first-step.ts'
import type * as solution from './solution.ts'

type CheckClaims = typeof solution.checkClaims
type Given = Parameters<CheckClaims>

const now = 2_000_000_000
const policy = sessionPolicy(3600)
const lenient = { leewaySeconds: 60 }
const strange = {
  ...{ issuer: 'https://bob.example', audience: 'books' },
  ...{ maxLifetimeSeconds: 880, leewaySeconds: 30 },
}
const { issuer, audience } = policy
const good = {
  ...{ iss: issuer, sub: 'ada', aud: audience },
  ...{ iat: now - 60, exp: now + 840, jti: '3f2b8c1e-5d4a-4b6f-9e7c-8a1d2c3b4e5f' },
}
// The last two are what JSON.parse makes of 1e999 and -1e999.
const noTimes = [`${now}`, 'now', true, null, [now], -1, -now, now - 0.5, Infinity, -Infinity]

const answers: Parameters<typeof takesFirstStep<NonNullable<(typeof solution)['firstStep']>>>[1] = {
  '12:14:20': { thinkAgain: 'would a server that forgives a wrong clock end a token earlier?' },
  '12:15:00': {
    thinkAgain:
      'this is the end where nothing is forgiven. Move the clock, and look at the verdict',
  },
  '12:15:40': 'right',
}

// Each case says what it replaces in `good`; what is undefined is left out.
export default {
  'first step: when a token ends, with a leeway'({ firstStep }) {
    takesFirstStep(firstStep, answers)
  },
  'good claims: undefined'({ checkClaims }) {
    gives(undefined, checkClaims, {})
    gives(undefined, checkClaims, { role: 'reader', given_name: 'Ada' })
  },
  'iss: our issuer, and no look-alike'({ checkClaims }) {
    const tails = ['/', '.evil.example', ' ', '\n'].map((tail) => issuer + tail)
    const others = ['other', issuer.slice(0, -1), issuer.toUpperCase(), `https://${issuer}`]
    for (const iss of [...others, ...tails, [issuer], null, undefined])
      gives('iss', checkClaims, { iss })
  },
  'aud: our audience, alone or in an array of strings'({ checkClaims }) {
    for (const aud of [[audience], ['books', audience, 'films']])
      gives(undefined, checkClaims, { aud })
    const others = ['books', issuer, `${audience}/admin`, `books,${audience}`, null, undefined]
    const lists = [[], ['books', `${audience}/`], [` ${audience}`], [audience.toUpperCase()]]
    const mixed = [[[audience]], [audience, 5], [audience, null], { 0: audience }]
    for (const aud of [...others, ...lists, ...mixed]) gives('aud', checkClaims, { aud })
  },
  'exp: whole seconds, and still to come'({ checkClaims }) {
    for (const exp of [now + 1, now + 60]) gives(undefined, checkClaims, { exp })
    for (const exp of [now, now - 1]) gives('exp', checkClaims, { exp })
    for (const exp of [0, `${now + 60}`, now + 60.5, ...noTimes, undefined])
      gives('exp', checkClaims, { exp }, { or: 'iat' })
  },
  'iat: whole seconds, and not ahead of the clock'({ checkClaims }) {
    for (const iat of [now, now - 1]) gives(undefined, checkClaims, { iat })
    gives('iat', checkClaims, { iat: now + 1 }) // its lifetime is fine, so `exp` is not at fault
    for (const iat of [...noTimes, undefined]) gives('iat', checkClaims, { iat }, { or: 'exp' })
  },
  'nbf: whole seconds that have come, or absent'({ checkClaims }) {
    for (const nbf of [now, now - 1, 1]) gives(undefined, checkClaims, { nbf })
    for (const nbf of [now + 1, now * 1000, 0, ...noTimes]) gives('nbf', checkClaims, { nbf })
  },
  'a lifetime is above zero, and no longer than the policy allows'({ checkClaims }) {
    gives(undefined, checkClaims, { iat: now, exp: now + 1 })
    for (const iat of [now, now - 3599]) gives(undefined, checkClaims, { iat, exp: iat + 3600 })
    for (const exp of [now + 3601, now + 315_360_000, (now + 60) * 1000, 2 ** 53 - 1])
      gives('exp', checkClaims, { iat: now, exp }, { or: 'iat' })
    gives('exp', checkClaims, { iat: now - 3600, exp: now + 1 }, { or: 'iat' })
  },
  'the leeway is given once, to each of the three times'({ checkClaims }) {
    const late = { iat: now - 600, exp: now - 59 }
    for (const replaced of [late, { nbf: now + 60 }, { iat: now + 1 }, { iat: now + 60 }])
      gives(undefined, checkClaims, replaced, { reader: lenient })
    gives('exp', checkClaims, { iat: now - 600, exp: now - 60 }, { reader: lenient })
    gives('nbf', checkClaims, { nbf: now + 61 }, { reader: lenient })
    gives('iat', checkClaims, { iat: now + 61 }, { reader: lenient })
  },
  'the leeway stretches no lifetime: it is still above zero, and within the policy'(lesson) {
    for (const exp of [now + 3601, now, now - 1])
      gives('exp', lesson.checkClaims, { iat: now, exp }, { reader: lenient, or: 'iat' })
  },
  'sub and jti: as they were'({ checkClaims }) {
    for (const sub of ['ada/1', ['ada'], 5, undefined]) gives('sub', checkClaims, { sub })
    for (const jti of ['1', [good.jti], null, undefined]) gives('jti', checkClaims, { jti })
  },
  async 'agrees with the app, whoever reads the token, and when'({ checkClaims }) {
    const names = [
      { iss: strange.issuer, aud: 'books' },
      { aud: ['books', audience] },
      { sub: 5 },
      { jti: '1' },
    ]
    const times = [{ exp: now + 60 }, { exp: now + 90 }, { iat: now + 30 }, { nbf: now + 30 }]
    const replacements = [{}, { nbf: null }, { iat: undefined }, ...names, ...times]
    for (const reader of [{}, lenient, strange])
      for (const at of [now - 60, now, now + 60, now + 90, now + 120])
        for (const first of replacements)
          for (const second of replacements) {
            const replaced = { ...first, ...second }
            const options: Given = [claimsOf(replaced), { ...policy, ...reader }, at]
            const answer = answerOf(checkClaims, say(replaced, reader, at), options)
            const app = await askTheApp(...options)
            if ((answer === undefined) !== (app === undefined))
              assert.fail(
                `${say(replaced, reader, at)} returned ${inspect(answer)}, the app ${app ?? 'accepts'}`,
              )
          }
  },
} satisfies Checks<typeof solution>

/** Fails unless that is the answer, or the other one that is as good. */
function gives(
  expected: string | undefined,
  checkClaims: CheckClaims,
  replaced: JsonObject,
  { reader = {}, or = expected }: { reader?: Partial<Policy>; or?: string | undefined } = {},
): void {
  const message = say(replaced, reader, now)
  const actual = answerOf(checkClaims, message, [claimsOf(replaced), { ...policy, ...reader }, now])
  if (actual === expected || actual === or) return
  throw disagreement(gives, message, { actual, expected: either(expected, or) })
}

/** What it returns. Where it throws, the failure names the call. */
function answerOf(checkClaims: CheckClaims, call: string, given: Given): string | undefined {
  try {
    return checkClaims(...given)
  } catch (thrown) {
    throw disagreement(answerOf, `${call} threw ${thrown}`, { thrown })
  }
}

/** How a report shows what was expected: one answer, or two that are as good. */
function either(one: string | undefined, other: string | undefined): unknown {
  return one === other ? one : { [inspect.custom]: () => `"${one}" or "${other}"` }
}

function claimsOf(replaced: JsonObject): JsonObject {
  const claims = Object.entries({ ...good, ...replaced })
  return Object.fromEntries(claims.filter(([, value]) => value !== undefined))
}

function say(replaced: JsonObject, reader: Partial<Policy>, at: number): string {
  return `checkClaims(${spread('good', replaced)}, ${spread('policy', reader)}, ${at})`
}

function spread(name: string, replaced: object): string {
  const own = inspect(replaced, { breakLength: Infinity }).slice(2, -2)
  return own === '' ? name : `{ ...${name}, ${own} }`
}

/** Why the server's own checks refuse these claims; `undefined` if none does. */
async function askTheApp(claims: JsonObject, policy: Policy, now: number) {
  const verification = { ...begin('', { keys: new Map(), policy, now }), claims }
  for (const check of claimsChecks) {
    if (check.id === 'claims') continue // it reads the bytes, and these are claims already
    const reason = await check.refuse(verification)
    if (reason !== undefined) return `"${check.id}": ${reason}`
  }
  return undefined
}
