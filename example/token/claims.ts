/** What the registered claims mean, in a line each (RFC 7519 §4.1), and `sid`, which OpenID Connect has registered. */
export const claimMeanings: ReadonlyMap<string, { meaning: string; rfc: string }> = new Map(
  Object.entries({
    iss: { meaning: 'Issuer: who made and signed this token', rfc: 'RFC 7519 §4.1.1' },
    sub: { meaning: 'Subject: who it is about', rfc: 'RFC 7519 §4.1.2' },
    aud: { meaning: 'Audience: who is meant to accept it', rfc: 'RFC 7519 §4.1.3' },
    exp: { meaning: 'Expiry: from this second on it is refused', rfc: 'RFC 7519 §4.1.4' },
    nbf: { meaning: 'Not before: until this second it is refused', rfc: 'RFC 7519 §4.1.5' },
    iat: { meaning: 'Issued at: when it was made', rfc: 'RFC 7519 §4.1.6' },
    jti: {
      meaning: 'JWT ID: an identifier of its own; without a sid it names the session record',
      rfc: 'RFC 7519 §4.1.7',
    },
    sid: {
      meaning: 'Session ID: the session it belongs to, as many others may',
      rfc: 'OpenID Connect Front-Channel Logout 1.0 §3',
    },
  }),
)

/** The claims that are times, in seconds since 1970 (RFC 7519 §2, NumericDate). */
export const timeClaims: readonly string[] = ['exp', 'nbf', 'iat']
