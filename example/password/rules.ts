import { bareOf, hasRun } from '../server/bare-text.ts'

const shortest = 8 // characters; 15 and more are better
const longest = 1024 // bytes: a hash takes any length, but nobody types more
const mostBeside = 4 // `Password2024` is still "password"
const shortestRun = 6
/** A group of at most four characters, again and again, and perhaps a part of it at the end. */
const repetition = /^(.{1,4})\1+(.{0,3})$/su

/**
 * All that speaks against a password; empty when it will do (NIST SP 800-63B §3.1.1). Nothing is trimmed, and every
 * character of Unicode is one. No rule asks for capitals or digits: people answer those with `Password1!`.
 */
export async function passwordProblems(password: string, username: string): Promise<string[]> {
  if (Buffer.byteLength(password) > longest) return [`must have ${longest} bytes or less`]
  const { length } = [...password]
  const problems: Array<[applies: boolean, problem: string]> = [
    [length < shortest, `must have ${shortest} characters or more`],
    // The hash is computed of UTF-8, where each of these would be U+FFFD: a thousand passwords would be one.
    [/\p{Surrogate}/u.test(password), 'has half of a character'],
    [await isCommon(password), 'is one of the passwords that are guessed first'],
    [isLittleMoreThan(bareOf(username), bareOf(password)), 'is little more than the user name'],
    [isRepetition(password), 'repeats a short group of characters'],
    [
      hasRun(password, Math.max(shortestRun, length - mostBeside)),
      'follows the alphabet or the digits',
    ],
  ]
  return problems.filter(([applies]) => applies).map(([, problem]) => problem)
}

/** Is it, or what stands between its digits and signs, among 49,000 known ones? The list takes a tenth of a second to load, once. */
async function isCommon(password: string): Promise<boolean> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  const lower = password.toLowerCase()
  const word = lower.replace(/^[^a-z]+|[^a-z]+$/g, '')
  const isOnList = (text: string) => dictionary['passwords-common'].includes(text)
  return isOnList(lower) || (isLittleMoreThan(word, lower) && isOnList(word))
}

function isLittleMoreThan(word: string, text: string): boolean {
  return word !== '' && text.includes(word) && text.replaceAll(word, '').length <= mostBeside
}

function isRepetition(password: string): boolean {
  const [, group, rest = ''] = repetition.exec(password) ?? []
  return group?.startsWith(rest) === true
}
