import { foldedOf, headingsOf, linksOf, sectionOf } from '../markdown.ts'
import type { Problem } from '../problem.ts'
import { lengthProblems } from './length.ts'

/** What the rules need to know of a lesson's page. */
export interface Page {
  readonly file: string
  readonly number: number
  readonly slug: string
  readonly title: string
  readonly text: string
  /** The lesson behind this one; without a title where its page cannot be read. */
  readonly next:
    | { readonly number: number; readonly slug: string; readonly title: string | undefined }
    | undefined
}

/** The shape that all lessons share. */
export function pageProblems(page: Page): Problem[] {
  const rules = [
    length,
    headings,
    goal,
    begins,
    hints,
    afterwards,
    questions,
    yourTurn,
    attack,
    readOn,
    next,
  ]
  return rules.flatMap((rule) => rule(page).map((what) => ({ file: page.file, what })))
}

const firstStep = 'First step'

const sections = [
  'The problem',
  'Try it',
  firstStep,
  'How it works',
  'Your turn',
  'What can go wrong',
  'In the app',
  'Read on',
]

function length({ text }: Page): string[] {
  return lengthProblems(text)
}

function headings({ number, title, text }: Page): string[] {
  const wanted = [`# ${number}. ${title}`, ...sections.map((section) => `## ${section}`)]
  const found = headingsOf(text)
    .filter(({ level }) => level <= 2)
    .map((heading) => `${'#'.repeat(heading.level)} ${heading.text}`)
  const at = wanted.findIndex((heading, index) => heading !== found[index])
  if (at >= 0) return [`has the heading "${found[at] ?? ''}" where "${wanted[at]}" belongs`]
  const surplus = found[wanted.length]
  return surplus === undefined ? [] : [`has one heading too many: "${surplus}"`]
}

function goal({ text }: Page): string[] {
  const paragraph = /^# [^\n]*\n\n(.*?)\n\n/ms.exec(text)?.[1]?.replaceAll('\n', ' ') ?? ''
  const oneSentence = /^After this lesson you can (?:(?![.?!] [A-Z]).)+\.$/.test(paragraph)
  return oneSentence
    ? []
    : ['says no "After this lesson you can …." below its title, in one sentence']
}

const rungs = [
  'Hint 1: what you are looking at',
  'Hint 2: a question',
  'Hint 3: where to read',
] as const

/** The guide checks it first: whoever reads on has succeeded once. */
function begins({ slug, text }: Page): string[] {
  const section = (sectionOf(text, firstStep) ?? '').replaceAll('\n', ' ')
  return [`my/${slug}/exercise.ts`, '`firstStep`']
    .filter((words) => !section.includes(words))
    .map((words) => `does not name ${words} in ${firstStep}`)
}

function hints({ text }: Page): string[] {
  const found = foldedOf(sectionOf(text, 'Your turn') ?? '')
    .filter(({ summary }) => /^hint/i.test(summary))
    .map(({ summary }) => summary)
  if (found.join('\n') === rungs.join('\n')) return []
  return [`folds the hints "${found.join('", "')}" in Your turn, not "${rungs.join('", "')}"`]
}

function afterwards({ text }: Page): string[] {
  const found = foldedOf(sectionOf(text, 'Your turn') ?? '')
  const notes = found.filter(({ summary, body }) => summary === 'When it passes' && body !== '')
  return notes.length === 1
    ? []
    : [`has ${notes.length} notes "When it passes" in Your turn, not one`]
}

function questions({ text }: Page): string[] {
  const asked = foldedOf(sectionOf(text, 'In the app') ?? '')
  const wrong = asked.filter(({ summary }) => !/^Question: .+\?/.test(summary))
  const unproven = asked.filter(({ body }) => !linksToTest(body))
  return [
    ...(asked.length >= 2 && asked.length <= 4
      ? []
      : [`asks ${asked.length} questions in In the app: two to four`]),
    ...wrong.map(({ summary }) => `folds "${summary}", which is no "Question: …?"`),
    ...unproven.map(
      ({ summary }) => `answers "${summary}" without a link to the test that shows it`,
    ),
  ]
}

function yourTurn({ number, slug, text }: Page): string[] {
  const section = sectionOf(text, 'Your turn') ?? ''
  return [`my/${slug}/exercise.ts`, `npm run learn check ${number}`]
    .filter((words) => !section.replaceAll('\n', ' ').includes(words))
    .map((words) => `does not name \`${words}\` in Your turn`)
}

function attack({ text }: Page): string[] {
  if (linksToTest(sectionOf(text, 'What can go wrong') ?? '')) return []
  return ['names in What can go wrong no test that shows our app refusing it: link one']
}

const rfcSection = /^https:\/\/www\.rfc-editor\.org\/rfc\/rfc\d+#\S+/

function readOn({ text }: Page): string[] {
  const links = linksOf(sectionOf(text, 'Read on') ?? '').map(({ target }) => target)
  const count = new Set(links.filter((target) => rfcSection.test(target))).size
  if (count >= 2) return []
  return [
    `links ${count} RFC sections in Read on: two or three, https://www.rfc-editor.org/rfc/rfcNNNN#section-N`,
  ]
}

function next({ text, next }: Page): string[] {
  const said = text.split('\n').filter((line) => /^\*Next: \[\d/.test(line))
  if (next === undefined)
    return said.length === 0 ? [] : [`is the last lesson, but says "${said.join(' ')}"`]
  if (next.title === undefined) return [] // its own page has the problem
  const wanted = `*Next: [${next.number}. ${next.title}](../${next.slug}/README.md)*`
  return said.join('\n') === wanted ? [] : [`ends with "${said.join(' ')}", not with "${wanted}"`]
}

function linksToTest(text: string): boolean {
  return linksOf(text).some(({ target }) => /(?:^|\/)test\/\S+\.test\.ts$/.test(target))
}
