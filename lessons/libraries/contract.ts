import assert from 'node:assert/strict'
import { createHmac, createSecretKey, generateKeyPairSync } from 'node:crypto'
import type { JsonObject } from '../../example/token/types.ts'
import * as hostile from './hostile.ts'
import { accepts, refuses, refusesToIssue } from './outcome.ts'
import type { TokenPort } from './port.ts'
import { goodClaims, key, NOW, readable, secret, token } from './tokens.ts'

type Test = (port: TokenPort) => Promise<void>
export type Group = Readonly<Record<string, Test>>

const secondKey = createSecretKey(Buffer.alloc(32, 'b'))
const shortKey = createSecretKey(Buffer.alloc(31, 'c'))
const { publicKey } = generateKeyPairSync('ed25519')
const issued = 'issue(claims, key)'

const issuing: Group = {
  'three parts, each in base64url': async (port) => {
    const text = await port.issue({ ...goodClaims }, key)
    assert.match(text, /^[\w-]+\.[\w-]+\.[\w-]+$/, `${issued} gave ${readable(text)}`)
  },
  'its header names HS256': async (port) => {
    const [header = ''] = (await port.issue({ ...goodClaims }, key)).split('.')
    assert.equal(decoded(header).alg, 'HS256', `the alg of ${issued}`)
  },
  'its claims are those that were given': async (port) => {
    const claims = { ...goodClaims, name: 'Zoë 🗝️', roles: ['reader'] }
    const [, payload = ''] = (await port.issue(claims, key)).split('.')
    assert.deepEqual(decoded(payload), claims, `the claims of ${issued}`)
  },
  'its signature is the HMAC of the first two parts': async (port) => {
    const [header, payload, signature] = (await port.issue({ ...goodClaims }, key)).split('.')
    const mac = createHmac('sha256', secret).update(`${header}.${payload}`)
    assert.equal(signature, mac.digest('base64url'), `the signature of ${issued}`)
  },
  'the claims that were given stay as they were': async (port) => {
    const given = { ...goodClaims }
    await port.issue(given, key)
    assert.deepEqual(given, goodClaims, `the claims that were given to ${issued}`)
  },
}

const accepting: Group = {
  'a good token': (port) => accepts(port, token()),
  'a token of its own': async (port) => accepts(port, await port.issue({ ...goodClaims }, key)),
  'another key': (port) =>
    accepts(port, token({ secret: Buffer.alloc(32, 'b') }), { key: secondKey }),
  'an array of audiences with ours in it': (port) =>
    acceptsClaims(port, { aud: ['other.example', goodClaims.aud] }),
  'an array of our audience alone': (port) => acceptsClaims(port, { aud: [goodClaims.aud] }),
  'claims that it does not know': (port) => acceptsClaims(port, { roles: [{ name: 'Zoë' }] }),
  'no typ and no kid': (port) =>
    accepts(port, token({ header: { typ: undefined, kid: undefined } })),
  'a header parameter that it does not know': (port) => accepts(port, token({ header: { x: 1 } })),
  'white space within the JSON': (port) =>
    accepts(port, token({ payloadText: JSON.stringify(goodClaims, undefined, 2) })),
}

const ending: Group = {
  ...refusing(hostile.ended),
  'it ends in a second': (port) => acceptsClaims(port, { exp: NOW + 1 }),
  'it began this very second': (port) => acceptsClaims(port, { nbf: NOW }),
  'accepted a moment ago, ended now': async (port) => {
    await accepts(port, token())
    await refuses(port, token(), { now: NOW + 600 })
  },
}

const others: Group = {
  ...refusing(hostile.forOthers),
  'accepted by one service, refused by the next': async (port) => {
    await accepts(port, token())
    await refuses(port, token(), { audience: 'books.example' })
    await refuses(port, token(), { issuer: 'another.example' })
  },
}

const signing: Group = {
  ...refusing(hostile.notOurSignature),
  'accepted with one key, refused with the next': async (port) => {
    await accepts(port, token())
    await refuses(port, token(), { key: secondKey })
  },
}

const keys: Group = {
  'issue: a secret of 31 bytes': (port) => refusesToIssue(port, shortKey),
  'issue: a public key': (port) => refusesToIssue(port, publicKey),
  'verify: a secret of 31 bytes': async (port) =>
    void (await refuses(port, token({ secret: Buffer.alloc(31, 'c') }), { key: shortKey })),
  'verify: a public key': async (port) => void (await refuses(port, token(), { key: publicKey })),
}

const refusals: Group = {
  'every bad token so far': async (port) => {
    for (const [what, text] of Object.values(hostile).flatMap((table) => Object.entries(table)))
      await named(what, () => refuses(port, text, { only: 'Refused' }))
  },
  'what is not even a string': async (port) => {
    const number: string = JSON.parse('7') // as TypeScript believes
    await refuses(port, number, { only: 'Refused' })
  },
  'no word of the token in the message': async (port) => {
    const text = token({ claims: { exp: NOW - 60 } })
    const { message } = await refuses(port, text)
    const told = text.split('.').filter((segment) => message.includes(segment))
    assert.deepEqual(told, [], `the parts of the token in the message "${message}"`)
  },
}

/** What every adapter promises, whichever library is inside. The name of each test says what is tried. */
export const contract = {
  issuing,
  accepting,
  ending,
  others,
  signing,
  header: refusing(hostile.unknownHeader),
  spelling: refusing(hostile.otherSpelling),
  keys,
  refusals,
} satisfies Record<string, Group>

/** Holds an adapter to every test of a group. A failure begins with the name of its test. */
export async function keeps(group: Group, port: TokenPort): Promise<void> {
  for (const [name, test] of Object.entries(group)) await named(name, () => test(port))
}

async function named(name: string, test: () => Promise<unknown>): Promise<void> {
  try {
    await test()
  } catch (error) {
    if (error instanceof Error) error.message = `${name}: ${error.message}`
    throw error
  }
}

function refusing(table: hostile.Table): Group {
  const tests = Object.entries(table).map(([what, text]): [string, Test] => [
    what,
    async (port) => void (await refuses(port, text)),
  ])
  return Object.fromEntries(tests)
}

function acceptsClaims(port: TokenPort, replaced: JsonObject): Promise<void> {
  const claims = { ...goodClaims, ...replaced }
  return accepts(port, token({ claims }), { claims })
}

function decoded(segment: string): JsonObject {
  return JSON.parse(Buffer.from(segment, 'base64url').toString())
}
