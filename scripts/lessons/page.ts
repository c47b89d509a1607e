import type { Lesson } from '../../tutor/journey/course.ts'
import { headingsOf, sectionOf, wordsShown } from '../markdown.ts'
import { wrongs } from '../problem.ts'

const sections = [
  'The problem',
  'Try it',
  'First step',
  'How it works',
  'Your turn',
  'What can go wrong',
  'In the app',
  'Read on',
]

/** A learner types something soon, and the whole page is read in minutes. What is folded costs nobody anything. */
const mostWords = { 'First step': 300, 'Your turn': 600, 'Read on': 750 }

/** What is wrong with the shape that all lessons share. */
export function pageProblems(lesson: Lesson, text: string): string[] {
  const { number, slug, needs, hints, afterwards } = lesson
  const lacks = (heading: string, words: string) => ({
    [`does not name ${words} in ${heading}`]: !sectionOf(text, heading)
      .replaceAll('\n', ' ')
      .includes(words),
  })
  return wrongs({
    [`needs lessons ${needs.join(', ')}: name earlier ones, each once`]:
      new Set(needs).size < needs.length || needs.some((need) => need < 1 || need >= number),
    ...tooManyWords(text),
    ...otherHeadings(text),
    // The guide checks it first: whoever reads on has succeeded once.
    ...lacks('First step', `my/${slug}/exercise.ts`),
    ...lacks('First step', '`firstStep`'),
    ...lacks('Your turn', `my/${slug}/exercise.ts`),
    ...lacks('Your turn', `npm run learn check ${number}`),
    [`folds ${hints.length} hints: three, "Hint 1: …" and so on`]: hints.length !== 3,
    'folds nothing to read "When it passes"': afterwards === '',
  })
}

function tooManyWords(text: string): Record<string, boolean> {
  const wrong = Object.entries(mostWords).map(([upTo, most]) => {
    const [before = ''] = text.split(`\n## ${sections[sections.indexOf(upTo) + 1] ?? ''}\n`)
    const words = wordsShown(before)
    const what = `shows ${words} words to the end of ${upTo}: at most ${most}. Cut, or fold what only some want`
    return [`${what}; code and folded parts do not count`, words > most]
  })
  return Object.fromEntries(wrong)
}

function otherHeadings(text: string): Record<string, boolean> {
  const is = headingsOf(text).flatMap(({ level, text }) => (level === 2 ? [text] : []))
  const at = [...is, ...sections].findIndex((_, index) => is[index] !== sections[index])
  const what = `has ${is[at] ?? 'no heading'} where ${sections[at] ?? 'no heading'} belongs`
  return { [what]: is.join('\n') !== sections.join('\n') }
}
