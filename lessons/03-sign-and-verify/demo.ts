// Flips bits of a token, one at a time. `npm run learn demo 3 40` shows the six of character 40.
import { createHmac } from 'node:crypto'
import { jwtVerify } from 'jose'
import jwt from 'jsonwebtoken'
import { secretKey } from '../../example/token/key.ts'
import { verifyJws } from '../../example/token/verify.ts'
import { sign } from './solution.ts'

const secret = Buffer.alloc(32, 'a secret for this demo')
const key = secretKey({ kid: 'demo', alg: 'HS256', secret })
const token = sign({ sub: 'ada' }, secret)
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** How many of the 256 bits sent as the signature differ from those that the secret makes. */
function wrongBits(token: string): number {
  const [header, payload, signature = ''] = token.split('.')
  const computed = createHmac('sha256', secret).update(`${header}.${payload}`).digest()
  const sent = Buffer.from(signature, 'base64url')
  const differing = [...computed].map((byte, at) => byte ^ (sent[at] ?? 0))
  return differing.map((byte) => byte.toString(2).replaceAll('0', '')).join('').length
}

/** Each base64url character stands for six bits: the token with one of them flipped. */
function flip(at: number, bit: number): string {
  const other = alphabet.charAt(alphabet.indexOf(token.charAt(at)) ^ (1 << bit))
  return token.slice(0, at) + other + token.slice(at + 1)
}

function show(what: string, changed: string): void {
  const payload = Buffer.from(changed.split('.')[1] ?? '', 'base64url').toString()
  const says = payload.replace(/[^ -~]/g, '?').padEnd(14)
  const wrong = `${wrongBits(changed)}`
  const verdict = wrong === '0' ? 'it fits' : 'refused'
  console.log(what.padEnd(21), says, wrong.padStart(4), 'of 256 bits wrong ', verdict)
}

const flips = [...token].flatMap((was, at) =>
  was === '.' ? [] : [5, 4, 3, 2, 1, 0].map((bit) => ({ at, bit, changed: flip(at, bit) })),
)
const [character] = process.argv.slice(2)
const asked = flips.filter(({ at }) => at + 1 === Number(character))
if (character !== undefined && asked.length === 0) {
  console.error(`Cannot flip "${character}": give the place of a character, 1 to 99, not of a dot`)
  process.exit(1)
}
const places = ['3 0', '52 4', '55 0', '57 5', '99 2', '99 0']
const samples = flips.filter(({ at, bit }) => places.includes(`${at + 1} ${bit}`))

console.log(`${token.replaceAll('.', '.\n')}\n`)
show('as it was made', token)
for (const { at, changed } of asked.length > 0 ? asked : samples) {
  const part = ['header', 'payload', 'signature'][token.slice(0, at).split('.').length - 1] ?? ''
  show(`${part.padEnd(9)} ${`${at + 1}`.padStart(2)}: ${token[at]} -> ${changed[at]}`, changed)
}

const readers: Record<string, (changed: string) => unknown> = {
  jose: (changed) => jwtVerify(changed, secret),
  jsonwebtoken: (changed) => jwt.verify(changed, secret),
  'example/token': (changed) => verifyJws(changed, key),
}
console.log(`\nEach of its ${flips.length} bits flipped, one at a time:`)
for (const [name, verify] of Object.entries(readers)) {
  const tried = flips.map(async ({ changed }) => await verify(changed))
  const accepted = (await Promise.allSettled(tried)).filter(({ status }) => status === 'fulfilled')
  console.log(`${name.padEnd(13)} accepts ${accepted.length}`)
}
