import { subjectGrammar, uuid } from '../../example/token/checks-claims.ts'
import type { JsonObject, Policy } from '../../example/token/types.ts'

export const firstStep: '12:14:20' | '12:15:00' | '12:15:40' | undefined = '12:15:40'

/** Does this claim hold, for a reader with this policy, now? `now` is in seconds since 1970. */
type Rule = (claims: JsonObject, policy: Policy, now: number) => boolean

const rules: Record<string, Rule> = {
  sub: ({ sub }) => typeof sub === 'string' && subjectGrammar.test(sub),
  jti: ({ jti }) => typeof jti === 'string' && uuid.test(jti),
  iss: ({ iss }, policy) => iss === policy.issuer,
  aud({ aud }, policy) {
    const names: unknown[] = Array.isArray(aud) ? aud : [aud]
    return names.every((name) => typeof name === 'string') && names.includes(policy.audience)
  },
  iat: ({ iat }, policy, now) => isTime(iat) && iat <= now + policy.leewaySeconds,
  exp({ exp, iat }, policy, now) {
    if (!isTime(exp) || now >= exp + policy.leewaySeconds) return false
    // Milliseconds by mistake end in fifty thousand years, so a lifetime has a limit as well.
    const lifetime = exp - Number(iat)
    return lifetime > 0 && lifetime <= policy.maxLifetimeSeconds
  },
  nbf: ({ nbf }, policy, now) =>
    nbf === undefined || (isTime(nbf) && nbf <= now + policy.leewaySeconds),
}

/** The name of the first claim that does not hold; `undefined` when all do. */
export function checkClaims(claims: JsonObject, policy: Policy, now: number): string | undefined {
  return Object.keys(rules).find((name) => rules[name]?.(claims, policy, now) !== true)
}

/** Seconds since 1970, as we issue them: RFC 7519 §2 would allow fractions too. */
function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0
}
