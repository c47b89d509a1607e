import type { CheckId, Verification } from '../../example/token/types.ts'

/** The rule of our server that a check follows where no RFC decides; `undefined` where one does. */
export function ownRule(
  id: CheckId,
  { claims: { sub, jti, exp, nbf }, now, policy }: Verification,
  failed: boolean,
): string | undefined {
  switch (id) {
    case 'length':
      return `no RFC limits a token; we read ${policy.maxLength} characters`
    case 'embedded-key':
      return 'RFC 7515 allows such a header; we refuse it unread'
    case 'lifetime':
      return `no RFC limits a lifetime; we issue ${policy.maxLifetimeSeconds} seconds at most`
    case 'issued-at':
      return 'RFC 7519 asks nothing of iat; we want whole seconds, not in the future'
    case 'identifiers':
      return [sub, jti].every(isTextOrAbsent)
        ? 'no RFC says what sub, jti and sid look like; we want short names and random UUIDs'
        : undefined
    // The time itself is the RFC's business. What is left is how it may be written.
    case 'expiry':
      return failed && (exp === undefined || (isTime(exp) && exp > now)) ? wholeSeconds : undefined
    case 'not-before':
      return failed && isTime(nbf) && nbf <= now ? wholeSeconds : undefined
    default:
      return undefined
  }
}

const wholeSeconds = 'RFC 7519 lets it be absent, or a fraction; we want whole seconds'

function isTime(value: unknown): value is number {
  return Number.isFinite(value)
}

function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || typeof value === 'string'
}
