import type { Cookie } from '../../example/http/cookie.ts'
import { call } from '../checks.ts'
import { disagreement } from '../disagree.ts'
import type { Transport } from './shop.ts'

/** The attributes of a cookie as a browser reads them: in small letters, each at most once (RFC 6265 §5.2). */
type Attributes = Readonly<Record<string, string>>

/** What a browser has to find, in words, and how to see it. */
type Wanted = Readonly<Record<string, (attributes: Attributes) => boolean>>

/** The two cookies of the app: that of a practice server, and that of a server for everybody. */
export const practice = { name: 'session', secure: false }
export const production = { name: '__Host-session', secure: true }

/** Fails unless a browser finds all this in the header that setCookie makes of a token. */
export function sets(
  { setCookie }: Pick<Transport, 'setCookie'>,
  cookie: Cookie,
  wanted: Wanted,
  seconds = 60,
): void {
  const value = 'eyJ.eyJ.c2ln'
  const what = call('setCookie', cookie, value, seconds)
  find(sets, what, setCookie(cookie, value, seconds), {
    [`a cookie that begins with ${cookie.name}=${value}`]: (found) =>
      found[pair] === `${cookie.name}=${value}`,
    ...wanted,
  })
}

/** Fails unless a browser that follows the header of clearCookie has nothing left. */
export function clears({ clearCookie }: Pick<Transport, 'clearCookie'>, cookie: Cookie): void {
  find(clears, call('clearCookie', cookie), clearCookie(cookie), {
    [`a cookie that begins with ${cookie.name}=`]: (found) =>
      found[pair]?.startsWith(`${cookie.name}=`) === true,
    'a cookie with Max-Age=0': (found) => secondsLeft(found) <= 0,
    ...onOurHost(cookie),
  })
}

/** For how long a browser keeps it, also where that is written as a date, which has no fractions of a second. */
export function lasting(seconds: number): Wanted {
  const near = (found: Attributes) => Math.abs(secondsLeft(found) - seconds) < 2
  return { [`a cookie with Max-Age=${seconds}`]: near }
}

/** Max-Age counts for more than Expires (RFC 6265 §5.3). */
function secondsLeft({ 'max-age': maxAge, expires }: Attributes): number {
  const untilThen = (Date.parse(`${expires}`) - Date.now()) / 1000
  return maxAge === undefined ? untilThen : Number.parseInt(maxAge, 10)
}

/** Where a cookie belongs. One that differs here is another cookie, or none at all for its `__Host-`. */
export function onOurHost({ secure }: Cookie): Wanted {
  const safe: Wanted = { 'a cookie with Secure': ({ secure }) => secure !== undefined }
  const plain: Wanted = { 'a cookie without Secure': ({ secure }) => secure === undefined }
  return {
    'a cookie with Path=/': ({ path }) => path === '/',
    'a cookie without Domain': ({ domain }) => domain === undefined,
    ...(secure ? safe : plain),
  }
}

const pair = 'name=value'

function find(
  helper: (...args: never[]) => unknown,
  what: string,
  header: string,
  wanted: Wanted,
): void {
  const [first = '', ...rest] = `${header}`.split(';').map((part) => part.trim())
  const attributes = rest.map((part) => {
    const [name = '', value = ''] = part.split('=')
    return [name.trim().toLowerCase(), value.trim().toLowerCase()]
  })
  const found: Attributes = { ...Object.fromEntries(attributes), [pair]: first }
  for (const [expected, holds] of Object.entries(wanted))
    if (!holds(found)) throw disagreement(helper, what, { actual: header, expected })
}
