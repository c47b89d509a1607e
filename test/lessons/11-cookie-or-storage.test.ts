import t from 'tap'
import * as cookies from '../../example/http/cookie.ts'
import { HttpError } from '../../example/http/errors.ts'
import * as tokens from '../../example/http/read-token.ts'
import * as origins from '../../example/http/same-origin.ts'
import type { HttpRequest } from '../../example/http/types.ts'
import checks from '../../lessons/11-cookie-or-storage/check.ts'
import * as exercise from '../../lessons/11-cookie-or-storage/exercise.ts'
import * as solution from '../../lessons/11-cookie-or-storage/solution.ts'
import { rehearse } from '../../scripts/lessons/rehearse.ts'
import { environment } from '../support/environment.ts'
import { alsoRefused } from './also-refused.ts'
import { prove } from './prove.ts'
import { learnersRead } from './what-learners-read.ts'

type Lesson = typeof solution
const { firstStep, setCookie, readToken, requireSameOrigin } = solution

/** As the app has it: Origin counts beside Sec-Fetch-Site. */
const app: Lesson = { firstStep, ...cookies, ...tokens, ...origins }

/** As short as it gets, and all in small letters. */
const smallLetters: Lesson = {
  firstStep,
  setCookie: ({ name, secure }, value, seconds) =>
    [`${name}=${value}`, 'path=/', 'httponly', 'samesite=strict', `max-age=${seconds}`]
      .concat(secure ? ['secure'] : [])
      .join(';'),
  clearCookie: (cookie) => smallLetters.setCookie(cookie, '', -1),
  readToken({ headers }, { cookie }) {
    const [, header] = /^bearer (.+)$/i.exec(headers.authorization ?? '') ?? []
    const cookies = `${headers.cookie ?? ''}`.split(/ *; */)
    const ours = cookies.filter((pair) => pair.startsWith(`${cookie.name}=`))
    const all = [...ours.map((pair) => pair.slice(cookie.name.length + 1))]
    if (ours.length > 1 || (header && ours.length > 0 && header !== all[0]))
      throw new HttpError(400, 'Two tokens')
    return header ?? all[0]
  },
  requireSameOrigin,
}

/** With URL, Headers and Map, as people write it who come from the browser. */
const byUrl: Lesson = {
  firstStep,
  setCookie({ name, secure }, value, seconds) {
    const until = new Date(Date.now() + seconds * 1000).toUTCString()
    const attributes = `HttpOnly; Secure; SameSite=Lax; Path=/; Expires=${until}`
    return `${name}=${value}; ${secure ? attributes : attributes.replace('Secure; ', '')}`
  },
  clearCookie: ({ name, secure }) =>
    `${name}=gone; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT${secure ? '; Secure' : ''}`,
  readToken(req, { cookie }) {
    const found = new Set<string>()
    const header = req.headers.authorization?.split(' ').at(1)
    if (header !== undefined) found.add(header)
    for (const pair of (req.headers.cookie ?? '').split('; ')) {
      const [name, ...value] = pair.split('=')
      if (name === cookie.name) found.add(value.join('='))
    }
    if (found.size > 1) throw new HttpError(400, 'Which one?')
    const [token] = found
    return token
  },
  requireSameOrigin({ headers }, { publicOrigin, forwardedHost }) {
    const refusal = new HttpError(403, 'Not from there')
    const site = headers['sec-fetch-site']
    if (site === 'cross-site' || site === 'same-site') throw refusal
    if (site !== undefined || headers.origin === undefined) return
    if (!URL.canParse(headers.origin)) throw refusal
    const { origin, host, protocol } = new URL(headers.origin)
    if (publicOrigin !== undefined && origin !== publicOrigin) throw refusal
    const https = protocol === 'https:'
    const hosts = [publicOrigin && new URL(publicOrigin).host, forwardedHost, headers.host]
    if (!hosts.includes(host) || (https && host === headers.host)) throw refusal
  },
}

/** The solution, with these functions in the place of its own. */
const but = (change: Partial<Lesson>): Lesson => ({ ...solution, ...change })

/** The solution, with a cookie in which this is written otherwise. */
const writing = (from: string | RegExp, to: string) =>
  but({ setCookie: (...cookie) => setCookie(...cookie).replace(from, to) })

type Headers = HttpRequest['headers']

/** The same request, with other headers. */
const withHeaders = (req: HttpRequest, headers: Headers): HttpRequest =>
  Object.assign(Object.create(req), { headers })

/** The solution, for a request with other headers. */
const asking = (change: (headers: Headers) => Headers) =>
  but({
    readToken: (req, from) => readToken(withHeaders(req, change(req.headers)), from),
    requireSameOrigin: (req, origins) =>
      requireSameOrigin(withHeaders(req, change(req.headers)), origins),
  })

/** As most guides have it: Origin alone, compared with one that is known. */
const byOrigin = asking(({ 'sec-fetch-site': _, ...headers }) => headers)

/** The header, and the cookie only where there is no header. */
const headerFirst = asking(({ authorization, ...headers }) =>
  authorization === undefined ? headers : { authorization },
)

const hosts = 'it goes to all our pages, and nowhere else'
const cleared = 'cleared, it is gone'
const found = 'a token is found in the header or in the cookie'
const two = 'nobody chooses between two tokens: 400'
const ours = 'our own pages may ask, and so may programs'
const theirs = 'a page of somebody else may not: 403'
const proxy = 'behind a proxy ours stay ours, and theirs stay theirs'

prove<Lesson>(t, {
  checks,
  right: {
    'the solution': solution,
    'the app': app,
    'all in small letters': smallLetters,
    'URLs, and dates': byUrl,
  },
  wrong: {
    'first step: what would have stopped the script': but({ firstStep: 'HttpOnly' }),
    'no script can read the cookie': writing('; HttpOnly', ''),
    'a form on another site comes without it': writing('Lax', 'None'),
    [hosts]: writing('Path=/', 'Path=/auth'),
    'it lives as long as its token': writing(/Max-Age=(\d+)/, 'Max-Age=$1000'), // milliseconds
    [cleared]: but({ clearCookie: ({ name }) => `${name}=; Max-Age=0` }),
    [found]: but({ readToken: exercise.readToken }),
    [two]: headerFirst,
    [ours]: asking((headers) => ({ 'sec-fetch-site': 'cross-site', ...headers })),
    [theirs]: but({ requireSameOrigin() {} }),
    [proxy]: byOrigin,
    'in a shop: who is signed in orders, and Mallory does not': but({ requireSameOrigin() {} }),
  },
})

alsoRefused<Lesson, string>(t, checks, {
  'a cookie for sub-domains, too': [hosts, writing('; Path=/', '; Path=/; Domain=shop.example')],
  'a cookie with Secure on a practice server': [
    hosts,
    but({ setCookie: (cookie, ...rest) => setCookie({ ...cookie, secure: true }, ...rest) }),
  ],
  'a cookie without Secure where there is https': [hosts, writing('; Secure', '')],
  'a cookie with two values': [hosts, writing('session=', 'session=;session=')],
  'a cookie without SameSite': [
    'a form on another site comes without it',
    writing('SameSite=Lax', ''),
  ],
  'cleared on the path where it is asked': [
    cleared,
    but({ clearCookie: ({ name }) => `${name}=; Max-Age=0; Path=/logout` }),
  ],
  'cleared without Secure, which __Host- wants': [
    cleared,
    but({ clearCookie: ({ name }) => `${name}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax` }),
  ],
  'emptied, and kept': [cleared, but({ clearCookie: ({ name }) => `${name}=; Path=/` })],
  'the cookie of somebody else': [
    found,
    asking((headers) => ({ ...headers, cookie: headers.cookie?.replace(/my-|2/, '') })),
  ],
  'the first of two cookies': [
    two,
    asking(({ cookie, ...headers }) => ({ ...headers, cookie: cookie?.split(';')[0] })),
  ],
  'a word in Origin': [
    theirs,
    but({
      requireSameOrigin({ headers: { origin, host } }) {
        if (origin && !origin.startsWith(`http://${host}`)) throw new HttpError(403, 'No')
      },
    }),
  ],
  'another port is let in': [
    theirs,
    asking((headers) => (headers['sec-fetch-site'] === 'same-site' ? {} : headers)),
  ],
  'null is let in': [
    theirs,
    asking(({ origin, ...headers }) => (origin === 'null' ? headers : { ...headers, origin })),
  ],
  'whatever a proxy forwards': [
    proxy,
    but({
      requireSameOrigin: (req, { forwardedHost }) =>
        forwardedHost ? undefined : requireSameOrigin(req, {}),
    }),
  ],
  'the Host counts beside the one origin that is ours': [
    proxy,
    but({
      requireSameOrigin(req, { publicOrigin, ...others }) {
        if (req.headers.origin !== publicOrigin) requireSameOrigin(req, others)
      },
    }),
  ],
  'a form on another site whose Origin was lost': [
    theirs,
    asking((headers) => (headers.origin === undefined ? { host: 'localhost:1337' } : headers)),
  ],
  'a Max-Age without a number': [
    cleared,
    but({ clearCookie: (cookie) => setCookie(cookie, '', 0).replace('Max-Age=0', 'Max-Age=') }),
  ],
  'a refusal without a status': [
    theirs,
    but({
      requireSameOrigin() {
        throw new Error('No')
      },
    }),
  ],
})

const shipped = { ...exercise, firstStep }
learnersRead<Lesson>(t, checks, {
  'as it is shipped': [
    shipped,
    {
      said: /^setCookie\(\{ name: 'session', secure: false \}, "eyJ/,
      actual: '"session=eyJ.eyJ.c2ln"',
      expected: '"a cookie with HttpOnly"',
    },
  ],
  'with a right cookie': [
    { ...shipped, setCookie, clearCookie: solution.clearCookie },
    {
      said: /^readToken of a request with authorization: Bearer eyJ/,
      actual: 'undefined',
      expected: /eyJ\.eyJ\.c2ln/,
    },
  ],
  'with everything but the guard': [
    but({ requireSameOrigin: exercise.requireSameOrigin }),
    {
      said: /^requireSameOrigin of a form on another site, with host: localhost:1337 · sec-fetch-site: c/,
      actual: '"it lets the request in"',
      expected: '"an HttpError 403 that is thrown"',
    },
  ],
  'Origin alone': [
    byOrigin,
    {
      said: /of a form on a page of ours that hides where it is, with .* · origin: null$/,
      actual: 'it threw an HttpError 403',
      expected: '"it lets the request in"',
    },
  ],
})

t.test('without a browser the demonstration says how to get one, and ends with 1', async (t) => {
  environment(t, { CHROMIUM_PATH: '/nowhere/chromium' })
  const demo = new URL('../../lessons/11-cookie-or-storage/demo.ts', import.meta.url).href
  const { out, err, code } = await rehearse(demo, [])
  t.equal(code, 1)
  t.equal(err, '')
  t.match(out, /needs a browser.*nowhere.*npm run setup/s)
  t.ok(out.split('\n').every((line) => line.length <= 80))
})
