import t from 'tap'
import { subjectGrammar, uuid } from '../../example/token/checks-claims.ts'
import type { JsonObject, Policy } from '../../example/token/types.ts'
import checks from '../../lessons/04-claims-and-time/check.ts'
import * as solution from '../../lessons/04-claims-and-time/solution.ts'
import { runChecks } from '../../lessons/checks.ts'
import { alsoRefused } from './also-refused.ts'
import { prove } from './prove.ts'
import { learnersRead } from './what-learners-read.ts'

type Rule = (claims: JsonObject, policy: Policy, now: number) => boolean

const rules: Record<string, Rule> = {
  iss: ({ iss }, { issuer }) => iss === issuer,
  aud: ({ aud }, { audience }) =>
    [aud].flat().every((name) => typeof name === 'string') && [aud].flat().includes(audience),
  sub: ({ sub }) => typeof sub === 'string' && subjectGrammar.test(sub),
  jti: ({ jti }) => typeof jti === 'string' && uuid.test(jti),
  iat: ({ iat }, { leewaySeconds }, now) => isTime(iat) && iat - leewaySeconds <= now,
  nbf: ({ nbf }, { leewaySeconds }, now) =>
    nbf === undefined || (isTime(nbf) && nbf - leewaySeconds <= now),
  exp: ({ exp }, { leewaySeconds }, now) => isTime(exp) && now - leewaySeconds < exp,
  lifetime: ({ iat, exp }, { maxLifetimeSeconds }) =>
    Number(iat) < Number(exp) && Number(exp) <= Number(iat) + maxLifetimeSeconds,
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0
}

/** A right answer but for the rules that are replaced. */
function answerWith(own: Record<string, Rule>): typeof solution {
  const all = Object.entries({ ...rules, ...own })
  return {
    firstStep: solution.firstStep,
    checkClaims(...given) {
      const failed = all.find(([, holds]) => !holds(...given))?.[0]
      return failed === 'lifetime' ? 'exp' : failed
    },
  }
}

/** One `if` after the other, with the lifetime blamed on `iat`. */
function inLine(
  { iss, aud, sub, jti, iat, exp, ...rest }: JsonObject,
  policy: Policy,
  now: number,
) {
  const { issuer, audience, leewaySeconds, maxLifetimeSeconds } = policy
  if (typeof exp !== 'number' || !Number.isSafeInteger(exp)) return 'exp'
  if (exp <= now - leewaySeconds) return 'exp'
  if (typeof iat !== 'number' || !Number.isSafeInteger(iat) || iat < 1) return 'iat'
  if (iat > now + leewaySeconds || exp - iat > maxLifetimeSeconds || exp <= iat) return 'iat'
  if (Object.hasOwn(rest, 'nbf')) {
    if (typeof rest.nbf !== 'number' || !Number.isInteger(rest.nbf)) return 'nbf'
    if (rest.nbf < 1 || rest.nbf > now + leewaySeconds) return 'nbf'
  }
  if (iss !== issuer) return 'iss'
  const list: unknown[] = Array.isArray(aud) ? aud : [aud]
  if (list.some((name) => typeof name !== 'string')) return 'aud'
  if (!list.some((name) => name === audience)) return 'aud'
  if (typeof sub !== 'string' || !subjectGrammar.test(sub)) return 'sub'
  return typeof jti === 'string' && uuid.test(jti) ? undefined : 'jti'
}

prove(t, {
  checks,
  right: {
    'the solution': solution,
    'a rule of its own for the lifetime, and the leeway on the other side': answerWith({}),
    'one if after the other': { ...solution, checkClaims: inLine },
  },
  wrong: {
    'first step: when a token ends, with a leeway': { ...solution, firstStep: '12:15:00' },
    'good claims: undefined': answerWith({
      nbf: ({ nbf }, { leewaySeconds }, now) => isTime(nbf) && nbf <= now + leewaySeconds,
    }),
    'iss: our issuer, and no look-alike': answerWith({
      iss: ({ iss }, { issuer }) => String(iss).startsWith(issuer),
    }),
    'aud: our audience, alone or in an array of strings': answerWith({
      aud: ({ aud }, { audience }) => [aud].flat().includes(audience), // [audience, 5] passes
    }),
    'exp: whole seconds, and still to come': answerWith({
      exp: ({ exp }, { leewaySeconds }, now) => isTime(exp) && now <= exp + leewaySeconds,
    }),
    'iat: whole seconds, and not ahead of the clock': answerWith({ iat: ({ iat }) => isTime(iat) }),
    'nbf: whole seconds that have come, or absent': answerWith({
      nbf: ({ nbf }, { leewaySeconds }, now) => !nbf || Number(nbf) <= now + leewaySeconds,
    }),
    'a lifetime is above zero, and no longer than the policy allows': answerWith({
      lifetime: () => true,
    }),
    'the leeway is given once, to each of the three times': answerWith({
      exp: ({ exp }, _policy, now) => isTime(exp) && now < exp,
    }),
    'the leeway stretches no lifetime: it is still above zero, and within the policy': answerWith({
      lifetime: ({ iat, exp }, { maxLifetimeSeconds, leewaySeconds }) => {
        const seconds = Number(exp) - Number(iat)
        return seconds > 0 && seconds <= maxLifetimeSeconds + leewaySeconds
      },
    }),
    'sub and jti: as they were': answerWith({ sub: ({ sub }) => subjectGrammar.test(String(sub)) }),
    'agrees with the app, whoever reads the token, and when': answerWith({
      iss: ({ iss }) => iss === 'learn-json-web-tokens',
    }),
  },
})

const rule = (name: string, holds: Rule) => answerWith({ [name]: holds })
/** A rule for the names in aud, once all of them are texts. */
const amongTexts = (holds: (names: string[], audience: string, aud: unknown) => boolean) =>
  rule('aud', ({ aud }, { audience }) => {
    const names = [aud].flat()
    return names.every((name) => typeof name === 'string') && holds(names, audience, aud)
  })
const audiences = 'aud: our audience, alone or in an array of strings'
const asTheApp = 'agrees with the app, whoever reads the token, and when'
alsoRefused(t, checks, {
  'an audience in another case': [
    audiences,
    amongTexts((names, audience) => names.some((name) => name.toLowerCase() === audience)),
  ],
  'an audience in a list, with a space around it': [
    audiences,
    amongTexts((names, audience, aud) =>
      names.some((name) => name === audience || (aud !== name && name.trim() === audience)),
    ),
  ],
  'only the last audience': [audiences, amongTexts((names, audience) => names.at(-1) === audience)],
  'a lifetime of more than a second': [
    'a lifetime is above zero, and no longer than the policy allows',
    rule('lifetime', (claims, policy, now) => {
      return (
        rules.lifetime?.(claims, policy, now) === true &&
        Number(claims.exp) - Number(claims.iat) > 1
      )
    }),
  ],
  'times of this century alone': [
    'nbf: whole seconds that have come, or absent',
    rule('nbf', (claims, policy, now) => {
      return rules.nbf?.(claims, policy, now) === true && !(Number(claims.nbf) < 1_000_000_000)
    }),
  ],
  'a minute of leeway for whoever has any': [
    asTheApp,
    rule('exp', ({ exp }, { leewaySeconds }, now) => {
      return isTime(exp) && now - (leewaySeconds === 0 ? 0 : 60) < exp
    }),
  ],
})

t.test('where it throws, a learner reads the call', async (t) => {
  const lesson = {
    ...solution,
    checkClaims(): undefined {
      throw new TypeError('oops')
    },
  }
  for await (const { name, failure } of runChecks(checks, lesson)) {
    if (name.startsWith('first step')) continue // that is a line, not a function
    t.match(failure?.said, /^checkClaims\(.*\) threw TypeError: oops$/)
    t.match(failure?.stack, /04-claims-and-time\.test\.ts/, 'and where it was thrown')
  }
})

t.test('an iat ahead of the clock is no fault of exp, with leeway and without', async (t) => {
  const blamesExp = rule('iat', () => true)
  const late: typeof solution = {
    ...solution,
    checkClaims(claims, policy, now) {
      const ahead = Number(claims.iat) > now + policy.leewaySeconds
      return ahead ? 'exp' : solution.checkClaims(claims, policy, now)
    },
  }
  for (const name of [
    'iat: whole seconds, and not ahead of the clock',
    'the leeway is given once, to each of the three times',
  ] as const)
    for (const lesson of [late, blamesExp])
      t.throws(() => checks[name](lesson), { message: /iat: 20000000\d\d/ }, name)
})

learnersRead(t, checks, {
  'two right answers, where there are two': [
    answerWith({ lifetime: () => true }),
    { expected: '"exp" or "iat"' },
  ],
  'one where there is one': [answerWith({ iss: () => true }), { expected: '"iss"' }],
})
