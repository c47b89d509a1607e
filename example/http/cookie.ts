import { HttpError } from './errors.ts'

/**
 * The value of one cookie. Two of one name: 400, since somebody may have planted the second.
 * Only spaces and tabs are trimmed: `trim` also takes U+00A0 away, and a browser lets any site plant a
 * cookie called `\u00a0__Host-session`.
 */
export function readCookie(header: string | undefined, name: string): string | undefined {
  if (header === undefined) return undefined
  const found = header
    .split(';')
    .map((pair) => pair.replace(/^[ \t]+|[ \t]+$/g, ''))
    .filter((pair) => pair.startsWith(`${name}=`))
  if (found.length > 1) throw new HttpError(400, `Cannot read the cookies: two are called ${name}`)
  return found[0]?.slice(name.length + 1)
}

/** HttpOnly: no script reads it. SameSite=Lax: other sites' forms do not send it, links to us do. */
export function setCookie(name: string, value: string, maxAgeSeconds: number): string {
  return `${name}=${value}; Max-Age=${maxAgeSeconds}; Path=/; Secure; HttpOnly; SameSite=Lax`
}

/** Clears with the same attributes that it was set with: otherwise it would be another cookie. */
export function clearCookie(name: string): string {
  return setCookie(name, '', 0)
}
