import { headingsOf, wordsShown } from '../markdown.ts'

const [fewestLines, mostLines] = [90, 180]

/** A learner types something soon, and the whole page is read in minutes. What is folded costs nobody anything. */
const mostWords: ReadonlyArray<readonly [most: number, upTo: string | undefined]> = [
  [300, 'First step'],
  [600, 'Your turn'],
  [750, undefined],
]

/** What makes a page too long, in lines and in words. */
export function lengthProblems(text: string): string[] {
  const lines = text.trimEnd().split('\n').length
  const fits = lines >= fewestLines && lines <= mostLines
  return [
    ...(fits ? [] : [`has ${lines} lines: a lesson is one idea in ${fewestLines} to ${mostLines}`]),
    ...mostWords.flatMap(([most, upTo]) => tooManyWords(text, most, upTo)),
  ]
}

function tooManyWords(text: string, most: number, upTo: string | undefined): string[] {
  const words = wordsShown(upTo === undefined ? text : untilTheEndOf(text, upTo))
  if (words <= most) return []
  const where = upTo === undefined ? 'in all' : `to the end of ${upTo}`
  return [
    `shows ${words} words ${where}: at most ${most}. Cut, or fold what only some want; code and folded parts do not count`,
  ]
}

/** The page down to the heading that follows this section; none of it where there is no such section. */
function untilTheEndOf(text: string, section: string): string {
  const headings = headingsOf(text).filter(({ level }) => level === 2)
  const at = headings.findIndex((heading) => heading.text === section)
  if (at < 0) return '' // the rule about headings says so
  return text
    .split('\n')
    .slice(0, (headings[at + 1]?.line ?? Number.POSITIVE_INFINITY) - 1)
    .join('\n')
}
