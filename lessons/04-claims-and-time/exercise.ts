// Name the claim for which a token is refused. The rules of `sub` and `jti` are right as they are;
// the other five believe too much.
import { subjectGrammar, uuid } from '../../example/token/checks-claims.ts'
import type { JsonObject, Policy } from '../../example/token/types.ts'

export const firstStep: '12:14:20' | '12:15:00' | '12:15:40' | undefined = undefined // TODO: first step

/** Does this claim hold, for a reader with this policy, now? `now` is in seconds since 1970. */
type Rule = (claims: JsonObject, policy: Policy, now: number) => boolean

const rules: Record<string, Rule> = {
  sub: ({ sub }) => typeof sub === 'string' && subjectGrammar.test(sub),
  jti: ({ jti }) => typeof jti === 'string' && uuid.test(jti),
  // TODO: `iss` is exactly ours; `aud` is ours, or an array of strings that has ours.
  iss: ({ iss }, policy) => String(iss).startsWith(policy.issuer),
  aud: ({ aud }, policy) => String(aud).includes(policy.audience),
  // TODO: a time is a whole number above zero; only `nbf` may be absent. Each of the three gets the
  // policy's `leewaySeconds`. From `iat` to `exp` is a second or more, up to `maxLifetimeSeconds`.
  iat: () => true,
  exp: ({ exp }, _policy, now) => Number(exp) > now,
  nbf: () => true,
}

/** The name of the first claim that does not hold; `undefined` when all do. */
export function checkClaims(claims: JsonObject, policy: Policy, now: number): string | undefined {
  return Object.keys(rules).find((name) => rules[name]?.(claims, policy, now) !== true)
}
