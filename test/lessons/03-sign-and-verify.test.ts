import crypto, { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import t from 'tap'
import { decodeBase64url } from '../../example/token/base64url.ts'
import { parseJsonObject } from '../../example/token/json.ts'
import type { JsonObject } from '../../example/token/types.ts'
import checks from '../../lessons/03-sign-and-verify/check.ts'
import * as shipped from '../../lessons/03-sign-and-verify/exercise.ts'
import * as solution from '../../lessons/03-sign-and-verify/solution.ts'
import { alsoRefused } from './also-refused.ts'
import { prove } from './prove.ts'

type Compare = (sent: string, computed: Buffer, signingInput: string) => boolean

interface Parts {
  readonly fits?: Compare
  readonly believes?: (alg: unknown) => boolean
  readonly split?: (token: string) => string[]
  readonly signed?: (header: string, payload: string) => string
}

/** A whole answer, of which an attempt replaces the part that it is about. */
function verifying({
  fits = (sent, computed) => sameBytes(Buffer.from(sent, 'base64url'), computed),
  believes = (alg) => alg === 'HS256',
  split = (token) => token.split('.'),
  signed = (header, payload) => `${header}.${payload}`,
}: Parts): typeof solution {
  return {
    ...solution,
    verify(token, secret) {
      const [header = '', payload = '', signature = '', ...rest] = split(token)
      if (rest.length > 0 || !believes(read(header).alg)) throw new Error('refused')
      const computed = createHmac('sha256', secret).update(signed(header, payload)).digest()
      if (!fits(signature, computed, signed(header, payload))) throw new Error('refused')
      return read(payload)
    },
  }
}

function read(part: string): JsonObject {
  const value = parseJsonObject(Buffer.from(part, 'base64url'))
  if (value === undefined) throw new SyntaxError('refused')
  return value
}

function sameBytes(sent: Buffer, computed: Buffer): boolean {
  return sent.length === computed.length && timingSafeEqual(sent, computed)
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

const { timingSafeEqual: underAnotherName } = crypto

const byLibrary = 'a library accepts what sign makes'
const another = 'what was signed with another secret, or not at all, is refused'
const length = 'a signature of another length is refused, and not by accident'
const changed = 'any one character changed: refused, or the very same bytes'

prove(t, {
  checks,
  right: {
    'the solution': solution,
    'compares the texts and not the bytes, so spare bits are refused': verifying({
      fits: (sent, computed) =>
        sameBytes(Buffer.from(sent), Buffer.from(computed.toString('base64url'))),
    }),
    // Hashing both first makes them equally long, and tells nothing of where they differ.
    'compares hashes of both': verifying({
      fits: (sent, computed) =>
        timingSafeEqual(sha256(sent), sha256(computed.toString('base64url'))),
    }),
    'has taken timingSafeEqual out of node:crypto when it was loaded': verifying({
      fits: (sent, computed) => {
        const bytes = Buffer.from(sent, 'base64url')
        return bytes.length === computed.length && underAnotherName(bytes, computed)
      },
    }),
    'decodes strictly, so spare bits are refused': verifying({
      fits: (sent, computed) => sameBytes(decodeBase64url(sent) ?? Buffer.alloc(0), computed),
    }),
    'returns an object that inherits nothing': {
      ...solution,
      verify: (...given) => Object.assign(Object.create(null), solution.verify(...given)),
    },
    'throws RangeErrors of its own': {
      ...solution,
      verify: (token, secret) => {
        if (token.split('.').length !== 3) throw new RangeError('three parts are needed')
        return solution.verify(token, secret)
      },
    },
    'repeats the token in its errors': {
      ...solution,
      verify: (token, secret) => {
        try {
          return solution.verify(token, secret)
        } catch {
          throw new Error(`Not a good token: ${token}`)
        }
      },
    },
    'takes the token apart with a pattern, throws what is no Error': {
      firstStep: solution.firstStep,
      sign: (claims, secret) => {
        const token = `${Buffer.from('{"alg":"HS256"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
        return `${token}.${createHmac('sha256', secret).update(token).digest('base64url')}`
      },
      verify: (token, secret) => {
        const [, header, payload, signature] = /^([\w-]+)\.([\w-]+)\.([\w-]{43})$/.exec(token) ?? []
        if (!header || !payload || !signature) throw 'form'
        const computed = createHmac('sha256', secret).update(`${header}.${payload}`).digest()
        if (!timingSafeEqual(Buffer.from(signature, 'base64url'), computed)) throw 'signature'
        if (read(header).alg !== 'HS256') throw 'algorithm'
        return read(payload)
      },
    },
  },
  wrong: {
    'first step: the same token, another secret': { ...solution, firstStep: 'one' },
    [byLibrary]: { ...solution, sign: shipped.sign },
    // Writes the JSON anew, and loses the white space that was signed.
    'verify returns the claims that others signed': verifying({
      signed: (...parts) => parts.map((part) => rewritten(part)).join('.'),
    }),
    [another]: { ...solution, verify: shipped.verify },
    [length]: verifying({
      fits: (sent, computed) => timingSafeEqual(Buffer.from(sent, 'base64url'), computed),
    }),
    'the header never chooses the algorithm': verifying({ believes: () => true }),
    'what is not three parts, or not made of JSON objects, is refused': verifying({
      split: (token) => token.split('.', 3),
    }),
    // Half of the bytes would be hard to guess as well, but half is not what was promised.
    [changed]: verifying({
      fits: (sent, computed) => {
        const bytes = Buffer.from(sent, 'base64url')
        return bytes.length === 32 && sameBytes(bytes.subarray(0, 16), computed.subarray(0, 16))
      },
    }),
    'the signature is compared by timingSafeEqual': verifying({
      fits: (sent, computed) => sent === computed.toString('base64url'),
    }),
  },
})

const oneCharacter = /^character \d+ was . and is .: verify\("/
let first: Uint8Array | undefined
alsoRefused(t, checks, {
  'capitals and small letters in the signature are the same': [
    changed,
    verifying({
      fits: (sent, computed) => sent.toLowerCase() === computed.toString('base64url').toLowerCase(),
    }),
    oneCharacter,
  ],
  'spare bits of header and payload are overlooked': [
    changed,
    verifying({
      signed: (...parts) =>
        parts.map((part) => Buffer.from(part, 'base64url').toString('base64url')).join('.'),
    }),
    oneCharacter,
  ],
  'the last byte is overlooked': [
    changed,
    verifying({
      fits: (sent, computed) =>
        sameBytes(Buffer.from(sent, 'base64url').subarray(0, 31), computed.subarray(0, 31)),
    }),
    oneCharacter,
  ],
  'what a long token ends with is overlooked': [
    changed,
    verifying({
      fits: (sent, computed, signed) => {
        const compared = signed.length < 110 ? 43 : 42
        return sent.slice(0, compared) === computed.toString('base64url').slice(0, compared)
      },
    }),
    oneCharacter,
  ],
  'a sign that keeps no claim but sub': [
    byLibrary,
    { ...solution, sign: ({ sub = '' }, secret) => solution.sign({ sub }, secret) },
  ],
  'a sign that writes only the first - and _ as base64url does': [
    byLibrary,
    {
      ...solution,
      sign(claims, secret) {
        const [signingInput] = /^[^.]+\.[^.]+/.exec(solution.sign(claims, secret)) ?? ['']
        const mac = createHmac('sha256', secret).update(signingInput).digest('base64')
        return `${signingInput}.${mac.replace('+', '-').replace('/', '_').replace('=', '')}`
      },
    },
  ],
  'the first secret it saw is remembered': [
    another,
    {
      ...solution,
      verify(token, secret) {
        first ??= secret
        return solution.verify(token, first)
      },
    },
    /^when the secret is another one: verify/,
  ],
  'an error shows the right signature': [
    another,
    {
      ...solution,
      verify(token, secret) {
        const [header, payload] = token.split('.')
        const mac = createHmac('sha256', secret).update(`${header}.${payload}`)
        const right = mac.digest('base64url')
        if (!token.endsWith(`.${right}`)) throw new Error(`expected ${right}`)
        return solution.verify(token, secret)
      },
    },
    /should refuse, but threw the right signature: Error: expected /,
  ],
  'characters are compared, and then bytes': [
    length,
    verifying({
      fits: (sent, computed) => {
        const text = computed.toString('base64url')
        return sent.length === text.length && timingSafeEqual(Buffer.from(sent), Buffer.from(text))
      },
    }),
    /^a signature of 43 characters that are 44 bytes: .* threw by accident/,
  ],
})

t.test('fifty tokens are changed', async (t) => {
  const tokens = await asked('verify returns the claims that others signed', solution.verify)
  const halves = (token: string) => [token.slice(0, -44), token.slice(-43)]
  const originOf = new Map(tokens.flatMap((token) => halves(token).map((half) => [half, token])))
  const refuse = () => {
    throw new Error('refused')
  }
  const tampered = await asked(changed, refuse)
  const changes = tampered.map((token) => {
    const from = halves(token).flatMap((half) => originOf.get(half) ?? [])[0] ?? ''
    let at = 0
    while (at < from.length && from[at] === token[at]) at += 1
    const once = from.slice(at + 1) === token.slice(at + 1)
    return { from, at, once, was: from.charAt(at), is: token.charAt(at) }
  })
  t.ok(
    changes.every(({ once, was }) => once && was !== ''),
    'one character at a time',
  )

  t.test('each of them at every place', async (t) => {
    const places = new Set(changes.map(({ from, at }) => `${from} ${at}`))
    const froms = [...new Set(changes.map(({ from }) => from))]
    t.equal(froms.length, 50)
    for (const from of froms) {
      const untouched = [...from].filter((_, at) => !places.has(`${from} ${at}`))
      t.ok(
        untouched.length <= 1,
        'the last character may have been changed in its spare bits alone',
      )
    }
  })

  t.test('in every kind of way where only one is tried at a place', async (t) => {
    const placesOf = new Map<string, number>()
    for (const { from } of changes) placesOf.set(from, (placesOf.get(from) ?? 0) + 1)
    const few = changes.filter(({ from }) => (placesOf.get(from) ?? 0) <= from.length)
    t.equal(new Set(few.map(({ from }) => from)).size, 49)
    const six = (character: string) => Buffer.from(`${character}A`, 'base64url').readUInt8(0) >> 2
    const kinds: Record<string, (was: string, is: string) => boolean> = {
      'one bit': (was, is) => was !== '.' && [1, 2, 4, 8, 16, 32].includes(six(was) ^ six(is)),
      'a hyphen': (_, is) => is === '-',
      'an underscore': (_, is) => is === '_',
      'the other case': (was, is) => was.toLowerCase() === is.toLowerCase(),
      'no dot': (was) => was === '.',
    }
    for (const [what, kind] of Object.entries(kinds))
      t.ok(few.filter(({ was, is }) => kind(was, is)).length > 49, what)
  })
})

/** The tokens that a check asks to verify. */
async function asked(name: keyof typeof checks, verify: typeof solution.verify) {
  const tokens: string[] = []
  const noting: typeof verify = (token, secret) => {
    tokens.push(token)
    return verify(token, secret)
  }
  await checks[name]({ ...solution, verify: noting })
  return tokens
}

function rewritten(part: string): string {
  return Buffer.from(JSON.stringify(read(part))).toString('base64url')
}
