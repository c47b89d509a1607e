// S10 · RFC 7519 §7.2 steps 3 and 10, RFC 8259 §8.1: well-signed bytes that are not what they should be.
import { createHmac } from 'node:crypto'
import t from 'tap'
import { forge, goodClaims, goodHeader, SECRET, segment } from '../../support/fixtures.ts'
import { refusedBy } from './refused-by.ts'

/** Signs whatever bytes are given for header and payload. */
function signBytes(header: Buffer, payload: Buffer): string {
  const input = `${segment(header)}.${segment(payload)}`
  return `${input}.${createHmac('sha256', SECRET).update(input).digest('base64url')}`
}

const header = Buffer.from(JSON.stringify(goodHeader))
const claims = Buffer.from(JSON.stringify(goodClaims()))
const text = JSON.stringify(goodClaims())

/** Puts one byte sequence into the value of a member of its own. */
const holding = (json: Buffer, ...bytes: number[]) =>
  Buffer.concat([
    json.subarray(0, -1),
    Buffer.from(',"x":"'),
    Buffer.from(bytes),
    Buffer.from('"}'),
  ])

const notObjects = {
  null: 'null',
  true: 'true',
  'a number': '5',
  'a text': '"sub"',
  'an empty list': '[]',
  'a list of claims': `[${text}]`,
  'claims in a text': JSON.stringify(text),
  'half an object': text.slice(0, -1),
  'an object and more': `${text}x`,
  'two objects': text + text,
  'a comment': text.replace('{', '{/**/'),
  'single quotes': text.replaceAll('"', "'"),
  'a form': 'sub=ada&exp=9999999999',
  'a space': ' ',
}
for (const [what, payload] of Object.entries(notObjects)) {
  t.test(`${what} is refused, as claims and as a header`, async (t) => {
    t.equal(await refusedBy(forge(payload)), 'claims')
    t.equal(await refusedBy(forge(goodClaims(), payload)), 'header')
  })
}

const encodings: Record<string, (json: Buffer) => Buffer> = {
  'a byte order mark': (json) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), json]),
  'UTF-16': (json) => Buffer.from(json.toString(), 'utf16le'),
  'UTF-16 with its mark': (json) => Buffer.from(`\uFEFF${json}`, 'utf16le'),
  'a byte that UTF-8 never has': (json) => holding(json, 0xff),
  'Latin-1': (json) => holding(json, 0xe9),
  'half a letter': (json) => holding(json, 0xc3),
  'an over-long letter': (json) => holding(json, 0xc1, 0xa1),
  'half of a surrogate pair': (json) => holding(json, 0xed, 0xa0, 0x80),
  'a bare control character': (json) => holding(json, 0x0a),
  'a NUL behind': (json) => Buffer.concat([json, Buffer.of(0)]),
}
for (const [what, spoil] of Object.entries(encodings)) {
  t.test(`${what} is refused, in the claims and in the header`, async (t) => {
    t.equal(await refusedBy(signBytes(header, spoil(claims))), 'claims')
    t.equal(await refusedBy(signBytes(spoil(header), claims)), 'header')
  })
}

t.test('the bytes around are good: a letter of two bytes passes', async (t) => {
  t.equal(await refusedBy(signBytes(header, holding(claims, 0xc3, 0xa9))), 'accepted')
  t.equal(await refusedBy(signBytes(holding(header, 0xc3, 0xa9), claims)), 'accepted')
})
