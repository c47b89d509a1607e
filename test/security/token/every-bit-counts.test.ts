// S2 S4 · RFC 7515 §5.2: whatever is changed in a token, it is refused: no bit of it goes unproven.
import t from 'tap'
import { refusedBy } from './refused-by.ts'
import { signed } from './signed.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Each text in which one bit of one character is another one; the dots have no bits: see below. */
function* oneBitOff(token: string, bitsOf: (position: number) => readonly number[]) {
  for (const [position, character] of [...token].entries())
    if (character !== '.')
      for (const bit of bitsOf(position)) {
        const changed = alphabet[alphabet.indexOf(character) ^ (1 << bit)]
        yield token.slice(0, position) + changed + token.slice(position + 1)
      }
}

// All six bits of each character for HS256; the others, which are slow, have one of the six in turn.
const everyBit = () => [0, 1, 2, 3, 4, 5]
const bitsInTurn = (position: number) => [position % 6]

for (const { alg, token, holder } of signed) {
  const bitsOf = alg === 'HS256' ? everyBit : bitsInTurn

  const which = alg === 'HS256' ? 'any one bit' : 'a bit of any one character'
  t.test(`${alg}: with ${which} changed the token is refused`, async (t) => {
    t.equal(await refusedBy(token, holder), 'accepted')
    const accepted: string[] = []
    let tried = 0
    for (const changed of oneBitOff(token, bitsOf)) {
      tried++
      if ((await refusedBy(changed, holder)) === 'accepted') accepted.push(changed)
    }
    t.equal(tried, (token.length - 2) * bitsOf(0).length)
    t.strictSame(accepted, [])
  })

  t.test(
    `${alg}: with any one character left out, doubled or exchanged the token is refused`,
    async (t) => {
      const accepted: string[] = []
      for (let i = 0; i < token.length; i++) {
        const [before, at, after] = [token.slice(0, i), token.charAt(i), token.slice(i + 1)]
        for (const changed of [before + after, before + at + at + after, `${before}.${after}`])
          if (changed !== token && (await refusedBy(changed, holder)) === 'accepted')
            accepted.push(changed)
      }
      t.strictSame(accepted, [])
    },
  )
}
