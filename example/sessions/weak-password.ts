import { bareOf, hasRun } from '../server/bare-text.ts'
import { wellKnownWordIn } from '../server/well-known.ts'

const shortest = 8 // characters; more is better
const mostBeside = 4 // `Password2024` is still "password"
const fewestDistinctCharacters = 4
const longRun = 8

/** What people choose most, beside the words that no secret may hold. */
const common =
  /qwerty|sunshine|princess|football|baseball|superman|trustno1|starwars|computer|internet|dragon|monkey|shadow|master|hunter|admin|abcd1234/

/** Why a password is one of the first that are guessed; `undefined` when it will do. Shows no more of it than such a word. */
export function passwordWeakness(password: string, username: string): string | undefined {
  if ([...password].length < shortest) return `must have ${shortest} characters or more`
  const bare = bareOf(password.replaceAll('@', 'a').replaceAll('$', 's'))
  const isLittleMoreThan = (word: string) =>
    word !== '' && bare.includes(word) && bare.replaceAll(word, '').length <= mostBeside
  if (isLittleMoreThan(bareOf(username))) return 'is little more than the user name'
  const word = wellKnownWordIn(bare) ?? common.exec(bare)?.[0] ?? ''
  if (isLittleMoreThan(word)) return `is little more than "${word}", which is guessed first`
  const distinct = new Set(password.toLowerCase()).size
  if (distinct < fewestDistinctCharacters || hasRun(password, longRun))
    return 'repeats a few characters, or follows the alphabet or the digits'
  return undefined
}
