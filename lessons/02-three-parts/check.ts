import assert from 'node:assert/strict'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import jwt from 'jsonwebtoken'
import type { Checks } from '../checks.ts'
import { call } from '../checks.ts'
import { takesFirstStep } from '../first-step.ts'
import type * as solution from './solution.ts'

type Lesson = typeof solution

const answers: Parameters<typeof takesFirstStep<NonNullable<(typeof solution)['firstStep']>>>[1] = {
  'the server': {
    thinkAgain: 'Mallory wrote a payload too, and it decoded as well. What told the two apart?',
  },
  Mallory: {
    thinkAgain: 'the payload of the server would decode in the same way. What told the two apart?',
  },
  'cannot tell': 'right',
}

/** RFC 4648 §10 without its padding, RFC 7515 appendix C, which needs both `-` and `_`, and each of them twice. */
const spellings = {
  '': [],
  Zg: [102],
  Zm8: [102, 111],
  Zm9v: [102, 111, 111],
  Zm9vYg: [102, 111, 111, 98],
  Zm9vYmE: [102, 111, 111, 98, 97],
  Zm9vYmFy: [102, 111, 111, 98, 97, 114],
  'A-z_4ME': [3, 236, 255, 224, 193],
  '-_-_': [251, 255, 191],
}
const respelled = {
  'it is padded': 'Zg==',
  '+ is a character of base64': 'A+z_4ME',
  '/ is a character of base64': 'A-z/4ME',
  'there is a space': 'Zm 9v',
  'a line break follows it': 'Zm9v\n',
  'spare bits are set, and the byte f is written Zg': 'Zh',
  'spare bits are set, and the bytes fo are written Zm8': 'Zm9',
  '* is not a character of any base64': 'Zm9v*',
  'its last character is too little for a byte': 'Zm9vY',
}

const appendixA1 =
  'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQog' +
  'Imh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'

const [header, claims] = [part('{"alg":"HS256"}'), part('{"sub":"ada"}')]
const mac = part('nobody verifies it')

const notThree = {
  'there is nothing': '',
  'two parts': `${header}.${claims}`,
  'four parts': `${header}.${claims}.${mac}.${mac}`,
  'four parts, of which the last is empty': `${header}.${claims}.${mac}.`,
  'five parts, as an encrypted token has': `${header}..${mac}.${claims}.${mac}`,
}
const partRespelled = {
  'the header is padded': `${header}=.${claims}.${mac}`,
  'the payload is padded': `${header}.${claims}==.${mac}`,
  'a character of base64 in the payload': `${header}.${part('{"n":"???"}').replace('_', '/')}.${mac}`,
  'spare bits are set in the header': `${part('{"alg":"none"}').replace(/0$/, '1')}.${claims}.${mac}`,
  'spare bits are set in the payload': `${header}.${claims.replace(/Q$/, 'R')}.${mac}`,
  ...Object.fromEntries(
    Object.entries(respelled).map(([why, text]) => [
      `in the signature, ${why}`,
      `${header}.${claims}.${text}`,
    ]),
  ),
}
const notObjects = {
  'the header is null': `${part('null')}.${claims}.${mac}`,
  'the header is an array': `${part('["HS256"]')}.${claims}.${mac}`,
  'the header is not UTF-8': `${part('{"alg":"\xff"}', 'latin1')}.${claims}.${mac}`,
  'the payload is null': `${header}.${part('null')}.${mac}`,
  'the payload is an array': `${header}.${part('["ada"]')}.${mac}`,
  'the header is half an object': `${part('{"alg":')}.${claims}.${mac}`,
  'the payload is not UTF-8': `${header}.${part('{"sub":"\xff"}', 'latin1')}.${mac}`,
}
const twice = {
  'the header has alg twice': `${part('{"alg":"HS256","alg":"none"}')}.${claims}.${mac}`,
  'the payload has sub twice': `${header}.${part('{"sub":"ada","\\u0073ub":"eve"}')}.${mac}`,
}

export default {
  'first step: who wrote a payload'({ firstStep }) {
    takesFirstStep(firstStep, answers)
  },

  async 'writes base64url as the RFCs do'({ toBase64url }) {
    for (const [text, codes] of Object.entries(spellings)) {
      const bytes = Uint8Array.from(codes)
      assert.equal(await given(() => toBase64url(bytes)), text, call('toBase64url', bytes))
    }
  },
  async 'reads it back into the same bytes'({ fromBase64url }) {
    for (const [text, codes] of Object.entries(spellings)) {
      const bytes = await given(() => fromBase64url(text))
      const actual = bytes instanceof Uint8Array ? [...bytes] : bytes
      assert.deepEqual(actual, codes, call('fromBase64url', text))
    }
  },
  async 'refuses a second spelling of the same bytes'({ fromBase64url }) {
    for (const [why, text] of Object.entries(respelled))
      if (await takes(fromBase64url, text)) assert.fail(refusal('fromBase64url', text, why))
  },
  async 'reads the token of RFC 7515, appendix A.1'({ decode }) {
    const says = { iss: 'joe', exp: 1300819380, 'http://example.com/is_root': true }
    const expected = { header: { typ: 'JWT', alg: 'HS256' }, claims: says }
    assert.deepEqual(await taken(decode, appendixA1), expected, call('decode', appendixA1))
  },
  async 'reads a token whose signature is empty, which proves nothing either'({ decode }) {
    const expected = { header: { alg: 'HS256' }, claims: { sub: 'ada' } }
    const token = `${header}.${claims}.`
    assert.deepEqual(await taken(decode, token), expected, call('decode', token))
  },
  async 'reads 200 tokens as a library reads them'({ decode }) {
    for (const token of someTokens(200)) {
      const expected = { header: decodeProtectedHeader(token), claims: decodeJwt(token) }
      assert.deepEqual(await taken(decode, token), expected, call('decode', token))
    }
  },
  async 'refuses what is not three parts'({ decode }) {
    for (const [why, token] of Object.entries(notThree))
      if (await takes(decode, token)) assert.fail(refusal('decode', token, why))
  },
  async 'refuses a part in a second spelling'({ decode }) {
    for (const [why, token] of Object.entries(partRespelled))
      if (await takes(decode, token)) assert.fail(refusal('decode', token, why))
  },
  async 'refuses a header or payload that is not a JSON object in UTF-8'({ decode }) {
    for (const [why, token] of Object.entries(notObjects))
      if (await takes(decode, token)) assert.fail(refusal('decode', token, why))
  },
  async 'refuses a name that is written twice'({ decode }) {
    for (const [why, token] of Object.entries(twice))
      if (await takes(decode, token)) assert.fail(refusal('decode', token, why))
  },
} satisfies Checks<Lesson>

/** What it returned, or what it threw. */
async function given(attempt: () => unknown): Promise<unknown> {
  try {
    return await attempt()
  } catch (error) {
    return `it threw ${error}`
  }
}

/** Header and claims, without whatever else it returned. */
async function taken(decode: Lesson['decode'], token: string): Promise<unknown> {
  const answer = await given(() => decode(token))
  if (typeof answer !== 'object' || answer === null) return answer
  const { header, claims }: { header?: unknown; claims?: unknown } = answer // getters, too
  return await given(() => structuredClone({ header, claims })) // what they inherit does not matter
}

/** Does it return anything? An error of any class is a refusal. */
async function takes(read: (text: string) => unknown, text: string): Promise<boolean> {
  try {
    await read(text)
    return true
  } catch {
    return false
  }
}

function refusal(name: string, arg: string, why: string): string {
  return `${call(name, arg)} should throw: ${why}`
}

/** The same tokens every time: names and values of many kinds, in letters of many scripts. */
function* someTokens(count: number): Generator<string> {
  let seed = 2024
  const below = (limit: number) => {
    seed = (seed * 48271) % 2147483647 // a generator by Park and Miller
    return seed % limit
  }
  const letters = [...'aZ09 ?>~"\\\n/:,{}äßΩж日本😀']
  const text = () => Array.from({ length: below(9) }, () => letters[below(letters.length)]).join('')
  const values = [text, () => below(1e9) / 8, () => below(2) === 0, () => null, () => [text(), {}]]
  const value = () => values[below(values.length)]?.()
  for (let made = 0; made < count; made += 1) {
    const claims = { sub: text(), [`n${text()}`]: value(), inner: { [text()]: value() } }
    yield jwt.sign(claims, 'nobody verifies it', { noTimestamp: true, keyid: `key-${made}` })
  }
}

function part(text: string, encoding: 'utf8' | 'latin1' = 'utf8'): string {
  return Buffer.from(text, encoding).toString('base64url')
}
