import t from 'tap'
import { decodeBase64url } from '../../../example/token/base64url.ts'

t.test('decodeBase64url()', async (t) => {
  // RFC 4648 §10 without its padding, and RFC 7515 appendix C, which has both `-` and `_`.
  const vectors: Record<string, Buffer> = {
    Zg: Buffer.from('f'),
    Zm8: Buffer.from('fo'),
    Zm9v: Buffer.from('foo'),
    Zm9vYg: Buffer.from('foob'),
    Zm9vYmE: Buffer.from('fooba'),
    Zm9vYmFy: Buffer.from('foobar'),
    'A-z_4ME': Buffer.from([3, 236, 255, 224, 193]),
  }
  for (const [text, bytes] of Object.entries(vectors)) {
    t.test(`reads ${text}`, async (t) => {
      t.strictSame(decodeBase64url(text), bytes)
    })
  }

  t.test('reads every byte back as it was written', async (t) => {
    for (let byte = 0; byte < 256; byte++) {
      const bytes = Buffer.from([byte, 255 - byte, byte])
      t.strictSame(decodeBase64url(bytes.toString('base64url')), bytes)
    }
  })

  const refused: Record<string, string> = {
    'an empty text': '',
    padding: 'Zg==',
    'one padding sign of two': 'Zg=',
    'the alphabet of plain base64': 'A+z/4ME',
    'a space in front': ' Zm9v',
    'a space inside': 'Zm 9v',
    'a line end behind': 'Zm9v\n',
    'a tab': 'Zm\t9v',
    'a NUL': 'Zm9v\0',
    'a dot': 'Zm9v.Zm9v',
    'a percent sign': 'Zm9v%3D',
    'a letter from elsewhere': 'Zm9é',
    'a full-width letter': 'Ｚm9v',
    'a length that no bytes have': 'Zm9vY',
    'one character': 'Z',
    'unused low bits that are set: 4 of them': 'Zh',
    'unused low bits that are set: 2 of them': 'Zm9',
  }
  for (const [what, text] of Object.entries(refused)) {
    t.test(`refuses ${what}`, async (t) => {
      t.equal(decodeBase64url(text), undefined)
    })
  }

  t.test('gives every byte string exactly one spelling', async (t) => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const readable = [...alphabet].filter((last) => decodeBase64url(`Z${last}`) !== undefined)
    t.equal(readable.join(''), 'AQgw', 'of 64 last characters, four have no bits left over')
  })
})
