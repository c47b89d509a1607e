import t from 'tap'
import { findToken } from '../../../inspector/find-token.ts'
import { forge, goodClaims, segment, sessionToken } from '../../support/fixtures.ts'
import { messageOf } from '../../support/refusal.ts'

const token = sessionToken()
const other = sessionToken({ sub: 'bob' })
const [header = '', payload = '', signature = ''] = token.split('.')
const half = payload.length / 2

const around = ['Taken off: what stood around the token.']
const folded = ['Taken out: line breaks inside the token.']
const unseen = ['Taken out: characters that cannot be seen.']
const outOfText = ['Taken out of a longer text.']
const outOfAddress = [
  ...outOfText,
  'Addresses end up in logs and histories: a token does not belong there.',
]

t.test('findToken() gets the token out of what people paste', async (t) => {
  const pasted: Record<string, [text: string, notes: string[]]> = {
    'the token alone': [token, []],
    'white space around it': [` \t${token}\r\n\n`, []],
    'double quotes': [`"${token}"`, around],
    'single quotes and a comma': [`'${token}',`, around],
    'the scheme': [`Bearer ${token}`, around],
    'the scheme in other letters': [`bEARER   ${token}`, around],
    'a whole header': [`Authorization: Bearer ${token}`, around],
    'quotes around all of it': [` "Bearer ${token}" `, around],
    'lines that a terminal folded': [
      `${header}.${payload.slice(0, half)}\r\n  ${payload.slice(half)}.${signature.slice(0, 9)}\n${signature.slice(9)}`,
      folded,
    ],
    'a character in the payload that cannot be seen': [
      `${header}.${payload.slice(0, 9)}\u200b${payload.slice(9)}.${signature}`,
      unseen,
    ],
    'one in the header': [
      `jwt: ${header.slice(0, 5)}\u00ad${token.slice(5)}`,
      [...unseen, ...outOfText],
    ],
    'one on either side': [`\u200b${token}\u2060`, unseen],
    'an answer in JSON': [`{"expires_in":9,"access_token":"${token}"}`, outOfText],
    'an address': [`https://x.example/cb?token=${token}&a=b.c`, outOfAddress],
    'a cookie': [`Set-Cookie: __Host-session=${token}; Path=/`, outOfText],
    'what curl -i prints, with the token twice': [
      `HTTP/1.1 200 OK\r\nauthorization: Bearer ${token}\r\nset-cookie: s=${token}; Path=/\r\n`,
      outOfText,
    ],
    'a sentence': [`this ${token} is mine`, outOfText],
    'the end of a sentence': [`mine is ${token}.`, outOfText],
  }
  for (const [what, [text, notes]] of Object.entries(pasted))
    t.test(what, async (t) => t.strictSame(findToken(text), { token, notes }))
})

t.test('a token with something wrong in it is still one: the checks say what', async (t) => {
  const damaged: Record<string, string> = {
    'a changed header': `x${token}`,
    'a changed payload': `${header}.x${payload}.${signature}`,
    padding: `${token}=`,
    'the alphabet of base64': `${header}.${payload}.+/${signature}`,
    'no signature': `${header}.${payload}.`,
    'a payload that is no JSON': forge('hello'),
  }
  for (const [what, text] of Object.entries(damaged))
    t.test(what, async (t) => t.strictSame(findToken(text), { token: text, notes: [] }))
})

t.test('what is no token gets one sentence, and the way out', async (t) => {
  const texts: Record<string, [text: string, message: RegExp]> = {
    nothing: ['', /there is none/],
    'white space': [' \n', /there is none/],
    'an empty pair of quotes': ['""', /there is none/],
    'a word': ['hello', /no dots.*opaque/],
    'a header alone': [header, /no dots/],
    'two parts': [`${header}.${payload}`, /has 2 parts.*Copy all of it/],
    'four parts': [`${token}.x`, /has 4 parts/],
    'ten thousand dots': ['.'.repeat(10_000), /more than six parts/],
    'a host name': ['www.example.org', /neither of the first two parts is JSON/],
    'an encrypted token': [
      `${segment({ alg: 'dir', enc: 'A256GCM' })}..a.b.c`,
      /with five parts it is encrypted \(JWE/,
    ],
    'five words': ['a.b.c.d.e', /has 5 parts/],
    'the JSON form of a signature': ['{"payload":"x","signatures":[]}', /JWS in its JSON form/],
    'a key': ['-----BEGIN PRIVATE KEY-----\nMIIE', /this is a key/],
    'two tokens': [
      `{"access_token":"${token}","id_token":"${other}"}`,
      /are 2 tokens in this text \(access_token, id_token\)\. Give one/,
    ],
  }
  for (const [what, [text, message]] of Object.entries(texts))
    t.test(what, async (t) => {
      const said = messageOf(findToken, text)
      t.match(said, message)
      t.notMatch(said, /eyJ|MIIE/, 'and none of it is repeated')
    })
})

t.test('a long hostile text is read to its end', async (t) => {
  const texts: Record<string, string> = {
    'many short parts': 'a.'.repeat(32_000),
    'one endless word': 'a'.repeat(65_536),
    'words and dots that never end in a token': `${'a'.repeat(30_000)}.${'b'.repeat(30_000)}.c.`,
    'many quotes': '"'.repeat(65_536),
    'white space in the middle': `a${' '.repeat(65_000)}b`,
    'many line breaks': `a${'\n '.repeat(32_000)}b`,
    'many tokens': `${token} `.repeat(150),
    'many damaged tokens': `x${forge(goodClaims())}. `.repeat(150),
  }
  for (const [what, text] of Object.entries(texts))
    t.test(what, async (t) => t.type(messageOf(findToken, text), 'string'))
})
