// S2 · RFC 7515 §5.2: a true signature under other words, and a true beginning of a signature.
import { createHmac } from 'node:crypto'
import t from 'tap'
import {
  forge,
  goodClaims,
  goodHeader,
  key,
  SECRET,
  segment,
  sessionToken,
} from '../../support/fixtures.ts'
import { refusedBy } from './refused-by.ts'

const [header, payload, signature] = sessionToken().split('.') as [string, string, string]
const mac = Buffer.from(signature, 'base64url')

t.test('a signature does not fit other claims, not even of the same length', async (t) => {
  for (const claims of [
    { sub: 'eve' },
    { sub: 'adb' },
    { exp: goodClaims().iat },
    { role: 'admin' },
  ])
    t.equal(await refusedBy(`${header}.${segment(goodClaims(claims))}.${signature}`), 'signature')
})

t.test('a signature does not fit another header', async (t) => {
  for (const other of [
    { ...goodHeader, x: 1 },
    { kid: 'sessions-1', typ: 'session+jwt', alg: 'HS256' },
  ])
    t.equal(await refusedBy(`${segment(other)}.${payload}.${signature}`), 'signature')
})

t.test('a signature does not fit when the dot is moved', async (t) => {
  const whole = header + payload
  for (const moved of [-4, -1, 1, 4]) {
    const at = header.length + moved
    t.not(await refusedBy(`${whole.slice(0, at)}.${whole.slice(at)}.${signature}`), 'accepted')
  }
})

const macs: Record<string, Buffer> = {
  'one byte of it': mac.subarray(0, 1),
  'half of it': mac.subarray(0, 16),
  'all but its last byte': mac.subarray(0, 31),
  'a byte more': Buffer.concat([mac, Buffer.of(0)]),
  'it twice': Buffer.concat([mac, mac]),
  'it backwards': Buffer.from(mac).reverse(),
  'its opposite': Buffer.from(mac.map((byte) => byte ^ 0xff)),
  'only zeros': Buffer.alloc(32),
  'its hexadecimal text': Buffer.from(mac.toString('hex')),
  'its base64url text': Buffer.from(signature),
}
for (const [what, bytes] of Object.entries(macs)) {
  t.test(`${what} in place of the MAC is refused`, async (t) => {
    t.equal(await refusedBy(`${header}.${payload}.${bytes.toString('base64url')}`), 'signature')
  })
}

const inputs: Record<string, string> = {
  'the payload alone': payload,
  'the header alone': header,
  'both without the dot': header + payload,
  'the JSON itself': `${JSON.stringify(goodHeader)}.${JSON.stringify(goodClaims())}`,
  'the whole token': `${header}.${payload}.${signature}`,
  nothing: '',
}
for (const [what, input] of Object.entries(inputs)) {
  t.test(`a MAC over ${what} is refused`, async (t) => {
    const other = createHmac('sha256', SECRET).update(input).digest('base64url')
    t.equal(await refusedBy(`${header}.${payload}.${other}`), 'signature')
  })
}

t.test('secrets next to ours are other secrets', async (t) => {
  // biome-ignore format: a line for each kind
  const secrets = [
    '', ' ', 'secret', SECRET.slice(1), SECRET.slice(0, -1), SECRET.toLowerCase(),
    `${SECRET}\n`, ` ${SECRET}`, `${SECRET} `, `"${SECRET}"`, SECRET + SECRET,
    Buffer.from(SECRET).toString('hex'), Buffer.from(SECRET).toString('base64'), key.kid,
  ]
  for (const secret of secrets)
    t.equal(await refusedBy(forge(goodClaims(), goodHeader, secret)), 'signature')
})
