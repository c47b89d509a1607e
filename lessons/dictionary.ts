import { readFileSync } from 'node:fs'

/** What people type where a secret should stand: the lines of words.txt, without its headings. */
export const words: readonly string[] = readFileSync(new URL('words.txt', import.meta.url), 'utf8')
  .split(/\r?\n/)
  .filter((line) => line !== '' && !line.startsWith('#'))

/**
 * A word of the list that stands somewhere in this text, in small letters or capitals. Only words of
 * eight characters or more: a shorter one stands in random text now and then, by chance.
 */
export function knownWordIn(text: string): string | undefined {
  const lowerCase = text.toLowerCase()
  return words.find((word) => word.length >= 8 && lowerCase.includes(word))
}

/** What somebody tries who has an hour: every word, then every word as people change it to feel safe. */
export function* guesses(): Generator<string> {
  yield* words
  for (const word of words)
    for (const spelling of [word, capitalized(word), word.toUpperCase()])
      for (const ending of endings) yield spelling + ending
}

function capitalized(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1)
}

const numbers = Array.from({ length: 100 }, (_, number) => `${number}`)
const years = Array.from({ length: 50 }, (_, number) => `${1981 + number}`)
const endings = [
  '',
  '!',
  '?',
  '123',
  '1234',
  '123!',
  ...numbers,
  ...years,
  ...years.map((y) => `${y}!`),
]
