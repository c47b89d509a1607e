// S109: text made to be slow to match. Every regular expression here is linear, so sixteen kilobytes
// of it in any field cost what sixteen kilobytes of anything cost. With one that is not, this file
// does not end before the time limit of the test runner.
import t from 'tap'
import { readCookie } from '../../example/http/cookie.ts'
import { createLog } from '../../example/http/log.ts'
import { parseDuration } from '../../example/token/duration.ts'
import { parseJsonObject } from '../../example/token/json.ts'
import { appOfAda, formType, NOW, segment, sessionToken } from '../support/fixtures.ts'
import { ask, type RequestParts } from '../support/mock-http.ts'

const size = 16_000
const many = (unit: string) => unit.repeat(Math.floor(size / unit.length))

const texts: Record<string, string> = {
  'one letter': many('a'),
  'letters, then what does not fit': `${many('a')}!`,
  spaces: many(' '),
  'spaces between two letters': `a${many(' ')}b`,
  dots: many('.'),
  'dots and letters': many('a.'),
  'dots and letters, then a space': `${many('a.')} `,
  'a scheme and spaces': `Bearer${many(' ')}`,
  'many schemes': many('Bearer '),
  'pieces that look like a token': many(`${'a'.repeat(16)}.`),
  'letters of sixteen, no dot': many(`${'a'.repeat(15)}_`),
  commas: many(','),
  semicolons: many('; '),
  'cookies without a value': many('a=;'),
  'our cookie, nearly': many('__Host-sessio=;'),
  'equal signs': many('='),
  ampersands: many('&'),
  'percent signs': many('%'),
  'escapes of nothing': many('%00'),
  quotes: many('"'),
  backslashes: many('\\'),
  'escaped quotes': many('\\"'),
  'quotes and colons': many('":'),
  brackets: many('['),
  braces: many('{"":'),
  digits: many('1'),
  'digits and units': many('1d'),
  'parameters of a media type': many(';charset=utf-8'),
  'marks of direction': many('\u202e'),
}

const fields: Record<string, (text: string) => RequestParts> = {
  'the URL': (text) => ({ url: `/${text}` }),
  'the query': (text) => ({ url: `/private?${text}` }),
  'the Authorization header': (text) => ({ url: '/private', headers: { authorization: text } }),
  'a bearer token': (text) => ({ url: '/private', headers: { authorization: `Bearer ${text}` } }),
  'the Cookie header': (text) => ({ url: '/private', headers: { cookie: text } }),
  'the session cookie': (text) => ({
    url: '/private',
    headers: { cookie: `session=${text}` },
  }),
  'the Accept header': (text) => ({ url: '/private', headers: { accept: text } }),
  'the Content-Type': (text) => post('a=b', { 'content-type': text }),
  'the Content-Encoding': (text) => post('a=b', { 'content-encoding': text }),
  'the Origin': (text) => post('a=b', { origin: text }),
  'the User-Agent': (text) => post(signIn, { 'user-agent': text }),
  'a form': (text) => post(text),
  'the user name': (text) => post(`username=${encodeURIComponent(text).slice(0, 16_300)}`),
  'a JSON body': (text) => post(text, { 'content-type': 'application/json' }),
  'a JSON text': (text) => post(JSON.stringify({ a: text }).slice(0, 16_384), json),
  'the token to inspect': (text) => ({ ...post(`token=${text}`), url: '/inspect' }),
  'the claims of a token': (text) => ({
    url: '/private',
    headers: { authorization: `Bearer ${sessionToken({ sub: text.slice(0, 4000) })}` },
  }),
  'the header of a token': (text) => ({
    url: '/private',
    headers: { authorization: `Bearer ${segment({ typ: text.slice(0, 4000) })}.e30.AAAA` },
  }),
}

const signIn = 'username=masterbuilder&password=itsnosecret'
const json = { 'content-type': 'application/json' }
function post(body: string, headers: Record<string, string> = {}): RequestParts {
  return { method: 'POST', url: '/auth', headers: { ...formType, ...headers }, body }
}

for (const [field, request] of Object.entries(fields)) {
  t.test(`${field} full of`, async (t) => {
    const { app, events } = await appOfAda()
    for (const [what, text] of Object.entries(texts)) {
      const { status } = await ask(app, request(text))
      t.ok(status >= 200 && status < 500, `${what}: ${status}`)
    }
    t.notOk(events.some(({ level }) => level === 'error'))
  })
}

t.test('what reads settings, JSON and events takes a hundred kilobytes as well', async (t) => {
  const written: string[] = []
  const write = (line: string) => void written.push(line)
  const log = createLog({ level: 'info', format: 'json', now: () => NOW, write })
  for (const [what, text] of Object.entries(texts)) {
    const long = text.repeat(6)
    t.equal(parseDuration(`${long}!`), undefined, what)
    t.equal(readCookie(`a${long}b`, { name: 'session', secure: false }), undefined)
    t.equal(parseJsonObject(Buffer.from(`{"a":${long}`)), undefined)
    log('info', 'read', { long })
  }
  t.equal(written.length, Object.keys(texts).length, 'a line for each')
})
