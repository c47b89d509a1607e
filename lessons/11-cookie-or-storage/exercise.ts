// Here the cookie is bare, and a form is let in from everywhere. Make both fit for a browser with other tabs in it.
import type { Cookie } from '../../example/http/cookie.ts'
import type { Origins } from '../../example/http/same-origin.ts'
import type { HttpRequest } from '../../example/http/types.ts'

export const firstStep: 'HttpOnly' | 'SameSite' | 'neither' | undefined = undefined // TODO: first step

// TODO: give the cookie its attributes, and take the token from wherever it came
export function setCookie({ name }: Cookie, value: string, _maxAgeSeconds: number): string {
  return `${name}=${value}`
}

export function clearCookie({ name }: Cookie): string {
  return `${name}=`
}

export function readToken(req: HttpRequest, from: { cookie: Cookie }): string | undefined {
  return req.headers.cookie?.slice(`${from.cookie.name}=`.length)
}

// TODO: throw an HttpError with the status 403 where another site may have caused the request
export function requireSameOrigin(_req: HttpRequest, _origins: Origins): void {}
