// S4 S16 · RFC 4648 §3.5: the last character of base64url may have bits that no byte uses.
// Set them, and the text is another one while the bytes stay the same.
import { createHmac } from 'node:crypto'
import t from 'tap'
import { goodClaims, goodHeader, SECRET, segment } from '../../support/fixtures.ts'
import { refusedBy } from './refused-by.ts'
import { signed } from './signed.ts'

/** Every other text that a careless decoder reads as the same bytes. */
function otherSpellings(text: string): string[] {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const bytes = Buffer.from(text, 'base64url')
  return [...alphabet]
    .map((last) => text.slice(0, -1) + last)
    .filter((other) => other !== text && Buffer.from(other, 'base64url').equals(bytes))
}

for (const { alg, token, holder } of signed) {
  const count = alg === 'HS256' ? 3 : 15 // two bits to spare, or four

  t.test(`${alg}: ${count} other spellings of the signature are refused`, async (t) => {
    const [header, payload, signature = ''] = token.split('.')
    t.equal(await refusedBy(token, holder), 'accepted')
    const others = otherSpellings(signature)
    t.equal(others.length, count)
    for (const other of others)
      t.equal(await refusedBy(`${header}.${payload}.${other}`, holder), 'form')
  })
}

t.test('a header or payload that was signed in another spelling is refused as well', async (t) => {
  const mac = (input: string) => createHmac('sha256', SECRET).update(input).digest('base64url')
  // White space at the end of JSON moves the end of the text to each of its three places.
  for (const space of ['', ' ', '  ']) {
    const header = segment(JSON.stringify(goodHeader) + space)
    const payload = segment(JSON.stringify(goodClaims()) + space)
    const inputs = [
      ...otherSpellings(header).map((other) => `${other}.${payload}`),
      ...otherSpellings(payload).map((other) => `${header}.${other}`),
    ]
    t.equal(await refusedBy(`${header}.${payload}.${mac(`${header}.${payload}`)}`), 'accepted')
    for (const input of inputs) t.equal(await refusedBy(`${input}.${mac(input)}`), 'form')
  }
})
