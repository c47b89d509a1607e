import { createHmac, randomBytes } from 'node:crypto'
import { decode } from '../../example/token/decode.ts'
import { sayDuration } from '../../example/token/duration.ts'
import { guesses, words } from '../dictionary.ts'

// Guesses secrets at home. With an HS256 token after the command, it guesses the secret of that one.

const [given] = process.argv.slice(2)
if (given !== undefined && !isHs256(given)) {
  console.log('That is not a token that HS256 has signed: it needs three parts, and alg HS256.')
  process.exit(1)
}
const weak = ['secret', 'your-256-bit-secret', 'change_this_key', 'Coffee2024!'].map(sign)
const list = [...guesses()]

for (const [index, token] of (given === undefined ? weak : [given]).entries())
  console.log(`token ${index + 1}   ${sayFound(crack(token))}`)
const start = performance.now()
console.log(`random    ${sayFound(crack(sign(randomBytes(32).toString('base64url'))))}`)
const perSecond = (list.length * 1000) / (performance.now() - start)
console.log(`\n${count(perSecond)} guesses a second, on one core.\n`)

console.log('the secret is                 bits    to try all    a million times as fast')
for (const [what, possibilities] of [
  ['a word of the list', words.length],
  ['a word, changed a little', list.length],
  ['8 random letters and digits', 62 ** 8],
  ['32 random bytes', 2 ** 256],
] as const) {
  const bits = Math.log2(possibilities).toFixed(0).padStart(5)
  const times = [1, 1e6].map((faster) => say(possibilities / perSecond / faster))
  console.log(`${what.padEnd(28)} ${bits}    ${times[0]?.padEnd(13)} ${times[1]}`)
}

/** Signs the first two parts with guess after guess until the third part comes out, and asks nobody. */
function crack(token: string): number {
  const dot = token.lastIndexOf('.')
  return list.findIndex((guess) => mac(guess, token.slice(0, dot)) === token.slice(dot + 1))
}

function isHs256(text: string): boolean {
  const { segments, header } = decode(text)
  return segments.length === 3 && header?.alg === 'HS256'
}

function sign(secret: string): string {
  const parts = [{ alg: 'HS256', typ: 'JWT' }, { sub: 'ada' }].map((part) => JSON.stringify(part))
  const signingInput = parts.map((part) => Buffer.from(part).toString('base64url')).join('.')
  return `${signingInput}.${mac(secret, signingInput)}`
}

function mac(secret: string, signingInput: string): string {
  return createHmac('sha256', secret).update(signingInput).digest('base64url')
}

function sayFound(index: number): string {
  if (index === -1) return `none of ${count(list.length)}`
  return `${`guess ${count(index + 1)}`.padEnd(16)}${list[index]}`
}

function count(number: number): string {
  return Math.round(number).toLocaleString('en')
}

function say(seconds: number): string {
  const years = seconds / 31_556_952
  if (years > 1000) return `10^${Math.floor(Math.log10(years))} years`
  if (years > 1) return `${Math.round(years)} years`
  return seconds < 1 ? 'no time' : sayDuration(Math.round(seconds))
}
