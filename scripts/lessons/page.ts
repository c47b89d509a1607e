import { foldedOf, headingsOf, linksOf, sectionOf, wordsShown } from '../markdown.ts'
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
const rungs = ['Hint 1: what you are looking at', 'Hint 2: a question', 'Hint 3: where to read']

/** A learner types something soon, and the whole page is read in minutes. What is folded costs nobody anything. */
const mostWords = { 'First step': 300, 'Your turn': 600, 'Read on': 750 }

/** What is wrong with the shape that all lessons share. */
export function pageProblems(page: { number: number; slug: string; text: string }): string[] {
  const { number, slug, text } = page
  const lines = text.trimEnd().split('\n').length
  const section = (heading: string) => sectionOf(text, heading)
  const lacks = (heading: string, words: string) => ({
    [`does not name ${words} in ${heading}`]: !section(heading)
      .replaceAll('\n', ' ')
      .includes(words),
  })
  return wrongs({
    [`has ${lines} lines: a lesson is one idea in 90 to 180`]: lines < 90 || lines > 180,
    ...tooManyWords(text),
    ...otherHeadings(text),
    'says no "After this lesson you can …." below its title, in one sentence':
      !/^# [^\n]*\n\nAfter this lesson you can (?:(?![.?!]\s[A-Z]|\n\n).)+\.\n\n/ms.test(text),
    // The guide checks it first: whoever reads on has succeeded once.
    ...lacks('First step', `my/${slug}/exercise.ts`),
    ...lacks('First step', '`firstStep`'),
    ...lacks('Your turn', `my/${slug}/exercise.ts`),
    ...lacks('Your turn', `npm run learn check ${number}`),
    ...otherFolds(section('Your turn')),
    'names in What can go wrong no test that shows our app refusing it: link one': !linksToTest(
      section('What can go wrong'),
    ),
    ...otherQuestions(section('In the app')),
    ...tooLittleToRead(section('Read on')),
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
  const what = `has the heading "${is[at] ?? ''}" where "${sections[at] ?? ''}" belongs`
  return { [what]: is.join('\n') !== sections.join('\n') }
}

function otherFolds(section: string): Record<string, boolean> {
  const folded = foldedOf(section)
  const hints = folded.flatMap(({ summary }) => (/^hint/i.test(summary) ? [summary] : []))
  const notes = folded.filter(({ summary, body }) => summary === 'When it passes' && body !== '')
  return {
    [`folds the hints "${hints.join('", "')}" in Your turn, not "${rungs.join('", "')}"`]:
      hints.join('\n') !== rungs.join('\n'),
    [`has ${notes.length} notes "When it passes" in Your turn`]: notes.length !== 1,
  }
}

function otherQuestions(section: string): Record<string, boolean> {
  const asked = foldedOf(section)
  const each = asked.flatMap(({ summary, body }) => [
    [`folds "${summary}", which is no "Question: …?"`, !/^Question: .+\?/.test(summary)],
    [`answers "${summary}" without a link to the test that shows it`, !linksToTest(body)],
  ])
  const what = `asks ${asked.length} questions in In the app: two to four`
  return { [what]: asked.length < 2 || asked.length > 4, ...Object.fromEntries(each) }
}

function tooLittleToRead(section: string): Record<string, boolean> {
  const rfc = /^https:\/\/www\.rfc-editor\.org\/rfc\/rfc\d+#/
  const targets = linksOf(section).map(({ target }) => target)
  const { size } = new Set(targets.filter((target) => rfc.test(target)))
  const what = `links ${size} RFC sections in Read on: two or three`
  return { [`${what}, https://www.rfc-editor.org/rfc/rfcNNNN#section-N`]: size < 2 }
}

function linksToTest(text: string): boolean {
  return linksOf(text).some(({ target }) => /(?:^|\/)test\/\S+\.test\.ts$/.test(target))
}
