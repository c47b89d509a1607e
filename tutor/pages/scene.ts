import { stripVTControlCharacters } from 'node:util'
import type { Lesson } from '../journey/course.ts'
import type { Journey } from '../journey/journey.ts'
import type { Verdict } from '../judge/verdict.ts'
import { namedKeys } from '../terminal/keys.ts'
import { type Look, paint, wrap, wrapItems } from '../terminal/look.ts'
import { join, type Page, page } from '../terminal/page.ts'
import {
  afterPassing,
  differences,
  ending,
  hints,
  lessonHead,
  lessonList,
  progressBar,
} from './pages.ts'
import { sayVerdict } from './report.ts'

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
}

/** The page for the screen. */
export function pageOf(scene: Scene, look: Look): Page {
  const { journey, lesson } = scene
  const notice = scene.notice || wayBack[scene.page]
  // The line above the keys is empty, or says that the checks run: nothing moves when they do.
  const busy = scene.checking ? paint(look, 'dim', sayBusy(scene)) : ''
  const foot = `${busy}\n${join([wrap(look, notice), keysOf(scene, look)])}`
  switch (scene.page) {
    case 'list': {
      const here = journey.course.indexOf(lesson)
      const list = page([progressBar(journey, look), lessonList(journey, look, lesson)], { foot })
      return { ...list, anchor: here }
    }
    case 'diff':
      return page([diffOf(scene, look)], { foot })
    case 'end':
      return page([progressBar(journey, look), ending(journey, look)], { foot })
    default:
      return lessonPage(scene, look, foot)
  }
}

const wayBack: Readonly<Record<Scene['page'], string>> = {
  lesson: '',
  hints: '',
  list: 'Enter or l: back to the lesson',
  diff: 'Enter or d: back to the lesson',
  end: 'Enter: back to the lesson',
}

/** Whoever waits for long is told how long it can take. */
function sayBusy({ waited, lesson: { seconds } }: Scene): string {
  if (waited < 2) return 'checking …'
  return `checking … ${waited} s (up to ${seconds} for each check)`
}

function lessonPage(scene: Scene, look: Look, foot: string): Page {
  const { journey, lesson, verdict } = scene
  const head = headOf(scene, look)
  const result = resultOf(scene, look)
  // What is being looked at again fades until the new verdict comes.
  const shown = scene.checking ? result.map((section) => fade(section, look)) : result
  const done = verdict?.kind === 'passed' && scene.page !== 'hints'
  const open = done ? [] : hints(lesson, journey.openHints(lesson), look)
  const all = [head, ...shown, ...open]
  if (scene.page === 'hints') return page(all, { focus: all.length - 1, foot })
  // Who comes to a lesson reads from its top. Who has saved wants to see what became of it.
  const judged = verdict !== undefined && scene.saved
  // Behind the head of two sections and the word on a fresh copy: what passed, and what did not.
  return page(all, { focus: judged ? 3 : 0, foot })
}

/** Where the learner is and what the lesson is about. */
export function headOf({ journey, lesson }: Pick<Scene, 'journey' | 'lesson'>, look: Look): string {
  return join([progressBar(journey, look), lessonHead(lesson, journey, look)])
}

/** What the checks have found, in sections: what passed, and what there is to see. */
export function resultOf(scene: Scene, look: Look): string[] {
  const { journey, lesson, verdict } = scene
  if (verdict === undefined) return []
  const said = sayVerdict(verdict, { root: journey.root, lesson, look })
  if (verdict.kind !== 'passed') return said
  return [...said, ...afterPassing(lesson, { journey, look, next: 'press n' })]
}

/** What the learner wrote beside the solution. */
export function diffOf({ journey: { root }, lesson, verdict }: Scene, look: Look): string {
  return differences(verdict?.text ?? '', { root, lesson, look })
}

function fade(text: string, look: Look): string {
  return paint(look, 'dim', stripVTControlCharacters(text))
}

/** The keys, and where only lines are heard, how to send one. */
export function keysOf({ manual }: Scene, look: Look): string {
  const [first = '', ...others] = namedKeys({ manual })
  const all = [look.plain ? `Type a letter and Enter: ${first}` : first, ...others]
  return paint(look, 'dim', wrapItems(look, all, ' · '))
}
