import { existsSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { runDemo } from './demo.ts'
import { attemptFile, isAtFirstStep, isTouched, readAttempt } from './journey/attempt.ts'
import type { Lesson } from './journey/course.ts'
import type { Journey } from './journey/journey.ts'
import { pack, readPacked, unpack } from './journey/moving.ts'
import { readOwnFile } from './journey/own-file.ts'
import type { Judge } from './judge/verdict.ts'
import { writeDown } from './judge/write-down.ts'
import { sayFirstStep, sayNoMoreHints, sayReady } from './pages/notices.ts'
import {
  afterPassing,
  differences,
  ending,
  hints,
  lessonHead,
  lessonList,
  progressBar,
  solution,
} from './pages/pages.ts'
import { sayVerdict } from './pages/say-verdict.ts'
import { type Look, wrap } from './terminal/look.ts'
import { join } from './terminal/page.ts'

interface Context {
  readonly journey: Journey
  readonly look: Look
  /** What was typed after the command; the number of the lesson comes first. */
  readonly words: readonly string[]
  readonly print: (text: string) => void
  readonly judge: Judge
}

/** Everything that the guide does by a key, as a command: it prints and gives the exit code. */
export type Command = (context: Context) => number | Promise<number>

export const commands: Readonly<Record<string, Command>> = {
  list({ journey, look, print }) {
    print(join([progressBar(journey, look), lessonList(journey, look)]))
    return 0
  },

  check(context) {
    return check(chosen(context), context)
  },

  hint({ journey, look, words, print }) {
    const lesson = chosen({ journey, words })
    if (isAtFirstStep(journey.root, lesson)) {
      print(wrap(look, sayFirstStep(lesson)))
      return 0
    }
    const isNew = journey.openHint(lesson)
    const open = hints(lesson, journey.openHints(lesson), look)
    print(isNew ? (open.at(-1) ?? '') : join([...open, wrap(look, sayNoMoreHints(lesson))]))
    return 0
  },

  reset({ journey, words, print }) {
    const lesson = chosen({ journey, words })
    const kept = journey.reset(lesson)
    print(`${attemptFile(lesson)} is as it was in the beginning.`)
    if (kept !== undefined) print(`Your attempt is kept as ${kept}.`)
    return 0
  },

  next({ journey, look, print }) {
    const { current } = journey
    const lesson = journey.leave(current)
    if (lesson === undefined) print(ending(journey, look))
    else {
      journey.goTo(lesson)
      if (journey.markOf(current) === 'skipped') print(skipped(current))
      print(lessonHead(lesson, journey, look))
    }
    return 0
  },

  diff({ journey, look, words, print }) {
    const lesson = chosen({ journey, words })
    const { number } = lesson
    if (journey.markOf(lesson) !== 'passed') {
      print(`Lesson ${number} is not passed yet: diff shows the solution only after that.`)
      print(`To look at it all the same: npm run learn solution ${number}`)
      return 1
    }
    const attempt = readAttempt(journey.root, lesson)
    if (attempt === undefined) {
      print(`There is no ${attemptFile(lesson)} to compare.`)
      print(`For a new copy: npm run learn reset ${number}`)
      return 1
    }
    if (!isTouched(journey.root, lesson)) {
      print(`${attemptFile(lesson)} is as it was in the beginning: there is nothing to compare.`)
      print(`The solution alone: npm run learn solution ${number}`)
      return 1
    }
    print(differences(attempt, { root: journey.root, lesson, look }))
    return 0
  },

  solution({ journey, look, words, print }) {
    print(solution(journey.root, chosen({ journey, words }), look))
    return 0
  },

  demo({ journey, words }) {
    return runDemo(journey.root, chosen({ journey, words }), words.slice(1))
  },

  export({ journey, words: [name = 'my-lessons.json'], print }) {
    const packed = pack(journey.root)
    const path = resolve(journey.root, name)
    if (existsSync(path))
      throw new Error(
        `Cannot export to ${name}: it exists. Name another: npm run learn export FILE`,
      )
    writeFileSync(path, packed, { flag: 'wx' })
    print(
      `Your answers and your progress are in ${name}. Keep it elsewhere, and put them back with:`,
    )
    print(`npm run learn import ${name}`)
    return 0
  },

  import({ journey, words: [name = ''], print }) {
    const text = readOwnFile(resolve(journey.root, name), mostImported)
    if (text === undefined) throw new Error(`Cannot import ${name}: it is not there`)
    const packed = readPacked(text, name)
    const { put, kept } = unpack(journey.root, packed)
    if (packed.progress !== undefined) journey.add(packed.progress)
    print(`${sayPut(put.length)}. How far you are: npm run learn list`)
    for (const file of kept) print(`What stood there is kept as ${file}.`)
    return 0
  },
}

const mostImported = 20_000_000 // bytes: hundreds of attempts

function sayPut(files: number): string {
  if (files === 0) return 'Every file was in my/ already'
  return files === 1 ? '1 file was put into my/' : `${files} files were put into my/`
}

/** Judges a lesson once, with nobody to press a key: says the verdict and gives the exit code. */
export async function check(
  lesson: Lesson,
  { journey, look, print, judge }: Omit<Context, 'words'>,
): Promise<number> {
  if (journey.goTo(lesson)) print(`${sayReady(lesson)}\n`)
  const verdict = await judge(journey.root, lesson)
  writeDown(verdict, journey, lesson)
  const said = sayVerdict(verdict, { root: journey.root, lesson, look })
  if (verdict.kind !== 'passed') {
    print(join([...said, `For a hint: npm run learn hint ${lesson.number}`]))
    return 1
  }
  const [diff, next] = [`npm run learn diff ${lesson.number}`, 'npm run learn next']
  const after = afterPassing(lesson, { journey, look, diff, next })
  print(join([...said, ...after, progressBar(journey, look)]))
  return 0
}

function skipped({ number }: Lesson): string {
  return `Lesson ${number} is marked as skipped. Back to it: npm run learn ${number}\n`
}

function chosen({ journey, words: [name] }: Pick<Context, 'journey' | 'words'>): Lesson {
  return name === undefined ? journey.current : journey.find(name)
}
