import { createHash } from 'node:crypto'

/** All by which a token or a password is known again: its text, its parts, and its quick hashes. */
export function tracesOf(secret: string): string[] {
  return [secret, ...secret.split('.'), ...digestsOf(secret)]
}

/** The hashes of this text that are computed in no time. */
export function digestsOf(text: string): string[] {
  return (['md5', 'sha1', 'sha256', 'sha512'] as const).flatMap((algorithm) =>
    (['hex', 'base64', 'base64url', 'binary'] as const).map((encoding) =>
      createHash(algorithm).update(text).digest(encoding),
    ),
  )
}
