import { stripVTControlCharacters } from 'node:util'
import type { Lesson } from '../journey/course.ts'
import type { Journey } from '../journey/journey.ts'
import type { Verdict } from '../judge/verdict.ts'
import { namedKeys } from '../terminal/keys.ts'
import { type Look, paint, wrap, wrapItems } from '../terminal/look.ts'
import { join, type Page, page } from '../terminal/page.ts'
import type { View } from '../terminal/terminal.ts'
import { askReset } from './notices.ts'
import {
  afterPassing,
  differences,
  ending,
  hints,
  lessonHead,
  lessonList,
  progressBar,
} from './pages.ts'
import { sayVerdict } from './say-verdict.ts'

/** All that the guide knows at one moment: the screen is made of it, and of nothing else. */
export interface Scene {
  readonly journey: Journey
  readonly manual: boolean
  lesson: Lesson
  page: 'lesson' | 'hints' | 'list' | 'diff' | 'end'
  verdict: Verdict | undefined
  /** Whether the learner has saved or asked for a check since this lesson came onto the screen. */
  saved: boolean
  checking: boolean
  /** For how many seconds the checks have been running. */
  waited: number
  /** One sentence about what was done last. */
  notice: string
  /** Whether the guide has asked if it should begin the lesson again: one more `r` says yes. */
  asked: boolean
}

/** A part of the scene that may be new. */
export type News = 'notice' | 'head' | 'result' | 'hint' | 'page' | 'keys'

/** The whole screen, and in words of its own what of it is new. */
export function viewOf(scene: Scene, look: Look, news: readonly News[]): View {
  const { journey, lesson } = scene
  const say: Readonly<Record<News, () => string>> = {
    notice: () => noticeOf(scene, look),
    head: () => headOf(scene, look),
    result: () => join(resultOf(scene, look)),
    hint: () => hints(lesson, journey.openHints(lesson), look).at(-1) ?? '',
    page: () => join(sectionsOf(scene, look)),
    keys: () => keysOf(scene, look),
  }
  return { ...pageOf(scene, look), news: join(news.map((part) => say[part]())) }
}

function pageOf(scene: Scene, look: Look): Page {
  const { journey, lesson, verdict } = scene
  const notice = noticeOf(scene, look) || (wayBack[scene.page] ?? '')
  // The line above the keys is empty, or says that the checks run: nothing moves when they do.
  const busy = scene.checking ? paint(look, 'dim', sayBusy(scene)) : ''
  const foot = `${busy}\n${join([notice, keysOf(scene, look)])}`
  const sections = sectionsOf(scene, look)
  if (scene.page === 'list')
    return { ...page(sections, { foot }), anchor: journey.course.indexOf(lesson) }
  // Who comes to a lesson reads from its top, and who comes back to an attempt also sees what decided.
  // Who has saved wants to see what became of it: behind the head of two sections and the word on a
  // fresh copy, what passed and what did not.
  const judged = scene.page === 'lesson' && verdict !== undefined
  const isFresh = sections[1] !== ''
  return page(sections, {
    focus: scene.page === 'hints' ? sections.length - 1 : judged && scene.saved ? 3 : 0,
    sight: judged && !scene.saved && !isFresh ? 5 : 0,
    foot,
  })
}

const wayBack: Partial<Record<Scene['page'], string>> = {
  list: 'Enter or l: back to the lesson',
  diff: 'Enter or d: back to the lesson',
  end: 'Enter: back to the lesson',
}

function noticeOf({ notice, asked, lesson }: Scene, look: Look): string {
  return wrap(look, join([notice, asked ? askReset(lesson) : '']))
}

/** Whoever waits for long is told how long it can take. */
function sayBusy({ waited, lesson: { seconds } }: Scene): string {
  if (waited < 2) return 'checking …'
  return `checking … ${waited} s (up to ${seconds} for each check)`
}

function sectionsOf(scene: Scene, look: Look): string[] {
  const { journey, lesson, verdict } = scene
  switch (scene.page) {
    case 'list':
      return [progressBar(journey, look), lessonList(journey, look, lesson)]
    case 'diff':
      return [differences(verdict?.text ?? '', { root: journey.root, lesson, look })]
    case 'end':
      return [progressBar(journey, look), ending(journey, look)]
    default: {
      const result = resultOf(scene, look)
      // What is being looked at again fades until the new verdict comes.
      const shown = scene.checking ? result.map((section) => fade(section, look)) : result
      const done = verdict?.kind === 'passed' && scene.page !== 'hints'
      const open = done ? [] : hints(lesson, journey.openHints(lesson), look)
      return [headOf(scene, look), ...shown, ...open]
    }
  }
}

/** Where the learner is and what the lesson is about. */
export function headOf({ journey, lesson }: Pick<Scene, 'journey' | 'lesson'>, look: Look): string {
  return join([progressBar(journey, look), lessonHead(lesson, journey, look)])
}

/** What the checks have found, in sections: what passed, and what there is to see. */
function resultOf({ journey, lesson, verdict }: Scene, look: Look): string[] {
  if (verdict === undefined) return []
  const said = sayVerdict(verdict, { root: journey.root, lesson, look })
  if (verdict.kind !== 'passed') return said
  return [...said, ...afterPassing(lesson, { journey, look, diff: 'press d', next: 'press n' })]
}

function fade(text: string, look: Look): string {
  return paint(look, 'dim', stripVTControlCharacters(text))
}

/** The keys, and where only lines are heard, how to send one. */
function keysOf({ manual }: Scene, look: Look): string {
  const [first = '', ...others] = namedKeys({ manual })
  const all = [look.plain ? `Type a letter and Enter: ${first}` : first, ...others]
  return paint(look, 'dim', wrapItems(look, all, ' · '))
}
