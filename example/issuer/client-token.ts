import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { challenge, readBearer } from '../http/bearer.ts'
import { HttpError } from '../http/errors.ts'
import type { HttpRequest } from '../http/types.ts'
import type { Namespace } from './namespace.ts'

/** 256 random bits. The server keeps their hash alone: what is drawn by chance needs no slow one. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What the store has of such a token. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/**
 * Lets an application pass that shows the `client_token` of its namespace, in the `Authorization` header.
 * @throws HttpError 401 for every other
 */
export function requireClient(req: HttpRequest, { clientHash }: Namespace): void {
  const token = readBearer(req.headers.authorization)
  const given = Buffer.from(hashOf(token ?? ''))
  if (clientHash === undefined || !timingSafeEqual(given, Buffer.from(clientHash)))
    throw new HttpError(
      401,
      'Send the client_token of this application as a bearer token',
      challenge(token === undefined ? undefined : 'invalid_token'),
    )
}
