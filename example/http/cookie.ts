import { HttpError } from './errors.ts'

/** One of our cookies. With `secure` a browser keeps and sends it only where nobody on the way can read it. */
export interface Cookie {
  readonly name: string
  readonly secure: boolean
}

// The second half looks only where blanks begin: from each of a long row, it would look for seconds.
const blanksAround = /^[ \t]+|(?<![ \t])[ \t]+$/g

/**
 * The value of one cookie. Two of one name: 400, since somebody may have planted the second.
 * Only spaces and tabs are trimmed: `trim` also takes U+00A0 away, and a browser lets any site plant a
 * cookie called `\u00a0__Host-session`.
 */
export function readCookie(header: string | undefined, { name }: Cookie): string | undefined {
  if (header === undefined) return undefined
  const found = header
    .split(';')
    .map((pair) => pair.replace(blanksAround, ''))
    .filter((pair) => pair.startsWith(`${name}=`))
  if (found.length > 1) throw new HttpError(400, `Cannot read the cookies: two are called ${name}`)
  return found[0]?.slice(name.length + 1)
}

/** HttpOnly: no script reads it. SameSite=Lax: other sites' forms do not send it, links to us do. */
export function setCookie({ name, secure }: Cookie, value: string, maxAgeSeconds: number): string {
  const attributes = `Max-Age=${maxAgeSeconds}; Path=/; ${secure ? 'Secure; ' : ''}HttpOnly`
  return `${name}=${value}; ${attributes}; SameSite=Lax`
}

/** Clears with the same attributes that it was set with: otherwise it would be another cookie. */
export function clearCookie(cookie: Cookie): string {
  return setCookie(cookie, '', 0)
}
