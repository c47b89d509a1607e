import { foldedOf, headingsOf, linksOf, sectionOf, wordsShown } from '../markdown.ts'
import { unless } from '../problem.ts'

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
const [fewestLines, mostLines] = [90, 180]

/** A learner types something soon, and the whole page is read in minutes. What is folded costs nobody anything. */
const mostWords = [
  { most: 300, upTo: 'First step' },
  { most: 600, upTo: 'Your turn' },
  { most: 750, upTo: 'Read on' },
]

/** What is wrong with the shape that all lessons share. */
export function pageProblems(page: { number: number; slug: string; text: string }): string[] {
  const { number, slug, text } = page
  const section = (heading: string) => sectionOf(text, heading) ?? ''
  const names = (heading: string, words: string) =>
    unless(
      section(heading).replaceAll('\n', ' ').includes(words),
      `does not name ${words} in ${heading}`,
    )
  return [
    ...wrongLength(text),
    ...wrongHeadings(text),
    ...unless(
      /^# [^\n]*\n\nAfter this lesson you can (?:(?![.?!]\s[A-Z]|\n\n).)+\.\n\n/ms.test(text),
      'says no "After this lesson you can …." below its title, in one sentence',
    ),
    // The guide checks it first: whoever reads on has succeeded once.
    ...names('First step', `my/${slug}/exercise.ts`),
    ...names('First step', '`firstStep`'),
    ...names('Your turn', `my/${slug}/exercise.ts`),
    ...names('Your turn', `npm run learn check ${number}`),
    ...wrongFolds(section('Your turn')),
    ...unless(
      linksToTest(section('What can go wrong')),
      'names in What can go wrong no test that shows our app refusing it: link one',
    ),
    ...wrongQuestions(section('In the app')),
    ...wrongReading(section('Read on')),
  ]
}

function wrongLength(text: string): string[] {
  const lines = text.trimEnd().split('\n').length
  return [
    ...unless(
      lines >= fewestLines && lines <= mostLines,
      `has ${lines} lines: a lesson is one idea in ${fewestLines} to ${mostLines}`,
    ),
    ...mostWords.flatMap(({ most, upTo }) => {
      const [before = ''] = text.split(`\n## ${sections[sections.indexOf(upTo) + 1] ?? ''}\n`)
      const words = wordsShown(before)
      return unless(
        words <= most,
        `shows ${words} words to the end of ${upTo}: at most ${most}. Cut, or fold what only some want; code and folded parts do not count`,
      )
    }),
  ]
}

function wrongHeadings(text: string): string[] {
  const found = headingsOf(text).filter(({ level }) => level === 2)
  const [is, wanted] = [found.map((heading) => heading.text), sections]
  const at = [...is, ...wanted].findIndex((_, index) => is[index] !== wanted[index])
  return unless(
    is.join('\n') === wanted.join('\n'),
    `has the heading "${is[at] ?? ''}" where "${wanted[at] ?? ''}" belongs`,
  )
}

function wrongFolds(section: string): string[] {
  const folded = foldedOf(section)
  const hints = folded.map(({ summary }) => summary).filter((summary) => /^hint/i.test(summary))
  const notes = folded.filter(({ summary, body }) => summary === 'When it passes' && body !== '')
  return [
    ...unless(
      hints.join('\n') === rungs.join('\n'),
      `folds the hints "${hints.join('", "')}" in Your turn, not "${rungs.join('", "')}"`,
    ),
    ...unless(notes.length === 1, `has ${notes.length} notes "When it passes" in Your turn`),
  ]
}

function wrongQuestions(section: string): string[] {
  const asked = foldedOf(section)
  return [
    ...unless(
      asked.length >= 2 && asked.length <= 4,
      `asks ${asked.length} questions in In the app: two to four`,
    ),
    ...asked.flatMap(({ summary, body }) => [
      ...unless(/^Question: .+\?/.test(summary), `folds "${summary}", which is no "Question: …?"`),
      ...unless(linksToTest(body), `answers "${summary}" without a link to the test that shows it`),
    ]),
  ]
}

function wrongReading(section: string): string[] {
  const found = linksOf(section).map(({ target }) => target)
  const rfcs = found.filter((target) =>
    /^https:\/\/www\.rfc-editor\.org\/rfc\/rfc\d+#/.test(target),
  )
  const count = new Set(rfcs).size
  return unless(
    count >= 2,
    `links ${count} RFC sections in Read on: two or three, https://www.rfc-editor.org/rfc/rfcNNNN#section-N`,
  )
}

function linksToTest(text: string): boolean {
  return linksOf(text).some(({ target }) => /(?:^|\/)test\/\S+\.test\.ts$/.test(target))
}
