import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { attemptFile } from './attempt.ts'
import type { Journey } from './journey.ts'
import type { Look } from './look.ts'
import {
  afterwards,
  differences,
  lessonHead,
  lessonList,
  openHints,
  progressBar,
  solution,
} from './pages.ts'
import { sayVerdict } from './report.ts'
import { judge } from './verdict.ts'

/** Everything that the guide does by a key, as a command: it prints and gives the exit code. */
export type Command = (context: {
  readonly journey: Journey
  readonly look: Look
  /** What was typed after the command; the number of the lesson comes first. */
  readonly words: readonly string[]
  readonly print: (text: string) => void
}) => number | Promise<number>

export const commands: Readonly<Record<string, Command>> = {
  list({ journey, look, print }) {
    print(`${progressBar(journey, look)}\n\n${lessonList(journey, look)}`)
    return 0
  },

  async check({ journey, look, words, print }) {
    const lesson = chosen(journey, words)
    if (journey.goTo(lesson)) print(`Your copy is ready: ${attemptFile(lesson)}\n`)
    const verdict = await judge(journey.root, lesson)
    print(sayVerdict(verdict, { root: journey.root, lesson, look }))
    if (verdict.kind !== 'passed') {
      print(`\nA hint: npm run learn hint ${lesson.number}`)
      return 1
    }
    journey.pass(lesson)
    print(`\nAll checks pass.\n\n${afterwards(lesson, look)}\n\n${progressBar(journey, look)}`)
    return 0
  },

  hint({ journey, look, words, print }) {
    const lesson = chosen(journey, words)
    print(openHints(lesson, journey.openHint(lesson), look))
    return 0
  },

  reset({ journey, words, print }) {
    const lesson = chosen(journey, words)
    const kept = journey.reset(lesson)
    const earlier = kept === undefined ? '' : ` What was there is kept as ${kept}.`
    print(`A new copy is ready: ${attemptFile(lesson)}.${earlier}`)
    return 0
  },

  next({ journey, look, print }) {
    const lesson = journey.next(journey.current)
    if (lesson === undefined) {
      print('That was the last lesson.')
      return 0
    }
    journey.goTo(lesson)
    print(lessonHead(lesson, journey, look))
    return 0
  },

  diff({ journey, look, words, print }) {
    const lesson = chosen(journey, words)
    if (journey.markOf(lesson) !== 'passed') {
      print(`Lesson ${lesson.number} is not passed yet: diff shows the solution only after that.`)
      print(`To look at it all the same: npm run learn solution ${lesson.number}`)
      return 1
    }
    if (!existsSync(join(journey.root, attemptFile(lesson)))) {
      print(
        `There is no ${attemptFile(lesson)} to compare. A new copy: npm run learn reset ${lesson.number}`,
      )
      return 1
    }
    print(differences(journey.root, lesson, look))
    return 0
  },

  solution({ journey, look, words, print }) {
    print(solution(journey.root, chosen(journey, words), look))
    return 0
  },

  async demo({ journey, words }) {
    const lesson = chosen(journey, words)
    return await runDemo(journey.root, lesson.slug, words.slice(1))
  },
}

function chosen(journey: Journey, [name]: readonly string[]) {
  return name === undefined ? journey.current : journey.find(name)
}

/** Runs a demo in the learner's own terminal. */
async function runDemo(root: string, slug: string, args: readonly string[]): Promise<number> {
  const program = join(root, 'lessons', slug, 'demo.ts')
  const child = spawn(
    process.execPath,
    [`--import=${import.meta.resolve('tsx')}`, program, ...args],
    {
      cwd: root,
      stdio: 'inherit',
    },
  )
  const stay = () => {} // Ctrl-C ends the demo; we say its exit code
  process.on('SIGINT', stay)
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  process.off('SIGINT', stay)
  return code ?? 1
}
