import { forge, formType, goodClaims, signInForm } from '../support/fixtures.ts'

/** What a client got, and after how long. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: string
  readonly milliseconds: number
}

/** Milliseconds: several times our limits, since machines have slow seconds, and short of a wait in a queue. */
export const inGoodTime = 5000

export async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
  const start = performance.now()
  const res = await fetch(url, init)
  const body = await res.text()
  const milliseconds = performance.now() - start
  return { status: res.status, headers: res.headers, body, milliseconds }
}

/** For fetch, and for a handler that is asked without a socket. */
interface Init {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

type Requests = Readonly<Record<string, readonly [path: string, init?: Init]>>

/** Each route that reads a record, or did until it writes one. */
export function readingRequests(token: string): Requests {
  const headers = { authorization: `Bearer ${token}` }
  return {
    'GET /private': ['/private', { headers }],
    'GET /private with the cookie': ['/private', { headers: { cookie: cookieOf(token) } }],
    'GET /home': ['/home', { headers }],
    'GET /': ['/', { headers }],
    'GET /inspect': ['/inspect', { headers }],
    'POST /inspect': ['/inspect', { method: 'POST', headers: formType, body: `token=${token}` }],
  }
}

/** Each route that writes one. */
export function writingRequests(token: string): Requests {
  const headers = { authorization: `Bearer ${token}` }
  const withCookie = { cookie: cookieOf(token), 'sec-fetch-site': 'same-origin' }
  return {
    'POST /auth': ['/auth', { method: 'POST', headers: formType, body: signInForm }],
    'POST /logout': ['/logout', { method: 'POST', headers }],
    'POST /logout with the cookie': ['/logout', { method: 'POST', headers: withCookie }],
    'GET /logout': ['/logout', { headers }],
  }
}

/** Each kind of request that can be answered without a store. */
export const independentRequests: Readonly<Record<string, readonly [number, ...Requests[string]]>> =
  {
    'GET /home without a token': [200, '/home'],
    'GET /style.css': [200, '/style.css'],
    'GET /private without a token': [401, '/private'],
    'a wrong password': [401, '/auth', wrongPassword()],
    'a forged token': [401, '/private', bearer(forged())],
    'signing out with a forged token': [401, '/logout', { method: 'POST', ...bearer(forged()) }],
  }

const cookieOf = (token: string) => `session=${token}`

function bearer(token: string) {
  return { headers: { authorization: `Bearer ${token}` } }
}

/** Good in every way but for the secret. */
function forged(): string {
  const iat = Math.floor(Date.now() / 1000)
  const claims = goodClaims({ sub: 'masterbuilder', iat, exp: iat + 3600 })
  return forge(claims, undefined, 'a secret of somebody else, 32 bytes')
}

function wrongPassword(): Init {
  return { method: 'POST', headers: formType, body: 'username=masterbuilder&password=wrong' }
}

/** What those who need the store are told while it cannot say. */
export const unavailable = {
  status: 503,
  retryAfter: '1',
  cookie: null,
  token: null,
  challenge: null,
  body: 'The store does not answer: try again in a moment\n',
}

/** All of an answer that could say yes or no. */
export function told({ status, headers, body }: Answer): typeof unavailable {
  return {
    status,
    retryAfter: headers.get('retry-after'),
    cookie: headers.get('set-cookie'),
    token: headers.get('authorization'),
    challenge: headers.get('www-authenticate'),
    body,
  } as typeof unavailable
}

/** How often a text occurs in a log. */
export function count(log: string, text: string): number {
  return log.split(text).length - 1
}
