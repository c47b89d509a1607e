// S27: a rule that refuses what people write must not refuse what a machine has drawn.
import { createHash } from 'node:crypto'
import t from 'tap'
import { weakness } from '../../example/server/weakness.ts'

const small = 'abcdefghijklmnopqrstuvwxyz'
const alphabets = {
  '32 letters, small and capital, and digits': [32, `${small}${small.toUpperCase()}0123456789`],
  '32 printable characters': [
    32,
    String.fromCharCode(...Array.from({ length: 94 }, (_, n) => 33 + n)),
  ],
  '52 characters of base32': [52, `${small.toUpperCase()}234567`],
} as const
const encodings = ['hex', 'base64', 'base64url'] as const
const forms: Record<string, (bytes: Buffer) => string> = {
  ...Object.fromEntries(
    encodings.map((encoding) => [
      `32 bytes in ${encoding}`,
      (bytes: Buffer) => bytes.subarray(0, 32).toString(encoding),
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(alphabets).map(([name, [length, alphabet]]) => [
      name,
      (bytes: Buffer) =>
        Array.from(bytes.subarray(0, length), (byte) => alphabet[byte % alphabet.length]).join(''),
    ]),
  ),
}

// The same bytes at every run: a test must not fail by chance.
function* randomBytes(count: number): Generator<Buffer> {
  for (let n = 0; n < count; n += 1) yield createHash('sha512').update(`${n}`).digest()
}

t.test('of 25,000 random secrets of each usual form, none is refused by mistake', async (t) => {
  const refused = new Map(Object.keys(forms).map((name) => [name, 0]))
  for (const bytes of randomBytes(25_000))
    for (const [name, form] of Object.entries(forms))
      if (weakness(form(bytes)) !== undefined) refused.set(name, (refused.get(name) ?? 0) + 1)
  for (const [name, count] of refused) t.equal(count, 0, name)
})
