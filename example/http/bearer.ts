const bearer = /^bearer +(\S+)$/i
const otherScheme = /^(?!bearer )[A-Za-z][A-Za-z0-9-]* +\S/i
const bare = /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)+$/

/**
 * The token of an `Authorization: Bearer <token>` header (RFC 6750 §2.1), scheme in any case;
 * with `acceptBare` also of a header that is the token alone, as the original tutorial sent it.
 * No header, an empty one, or one of another scheme, which is not for us: `undefined`. A malformed one or more than
 * one token: an empty text, which is refused as any bad token is, so that all refusals look alike.
 */
export function readBearer(
  header: string | undefined,
  { acceptBare = false }: { acceptBare?: boolean } = {},
): string | undefined {
  if (header === undefined || header === '') return undefined
  const token = bearer.exec(header)?.[1]
  if (token !== undefined) return token.includes(',') ? '' : token
  if (otherScheme.test(header)) return undefined
  return acceptBare && bare.test(header) ? header : ''
}

/** The challenge of a 401 (RFC 6750 §3.1): an error code only when credentials came and were refused. */
export function challenge(error?: 'invalid_token'): { 'www-authenticate': string } {
  return { 'www-authenticate': error === undefined ? 'Bearer' : `Bearer error="${error}"` }
}
