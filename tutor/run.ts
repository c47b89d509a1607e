import { type OpenClassroom, sayClassroom } from './classroom.ts'
import { check, commands } from './commands.ts'
import { Guide } from './guide.ts'
import { type Lesson, readCourse } from './journey/course.ts'
import { sayError } from './journey/disk.ts'
import { Journey } from './journey/journey.ts'
import { judgeTogether } from './judge/together.ts'
import { TypeChecker } from './judge/type-check.ts'
import { createJudge, type Judge } from './judge/verdict.ts'
import { readOptions, usage } from './options.ts'
import { headOf } from './pages/scene.ts'
import type { Console } from './terminal/console.ts'
import { onEnding } from './terminal/endings.ts'
import { harmless } from './terminal/harmless.ts'
import { lookOf } from './terminal/look.ts'
import { join } from './terminal/page.ts'

// journey/ holds the lessons and the learner's files, judge/ finds out what is true of an exercise,
// pages/ says it, and terminal/ shows it. guide.ts brings them together.

/** What a learner has typed, and where. */
interface Started extends Console {
  readonly args: readonly string[]
  /** The folder of the repository. */
  readonly root: string
  readonly judge?: Judge
  readonly openClassroom: OpenClassroom
}

/** The guide through the lessons, or one of its commands, until it ends; gives the exit code. */
export async function learn(started: Started): Promise<number> {
  const types = new TypeChecker(started.root)
  try {
    const { judge = createJudge({ findTypes: types.find }) } = started
    return await run({ ...started, judge: judgeTogether(judge) })
  } finally {
    types.stop()
  }
}

async function run({ judge, ...started }: Started & { readonly judge: Judge }): Promise<number> {
  const { args, root, env, stdin, stdout, stderr, openClassroom } = started
  const { words, plain, manual, web, folder, help, problem } = readOptions(args, env)
  const print = (text: string) => void stdout.write(`${text}\n`)
  const complain = (text: string) => {
    stderr.write(`${harmless(text)}\n`)
    return 2
  }
  if (help) {
    print(usage)
    return 0
  }
  if (problem !== undefined) return complain(problem)
  try {
    const journey = new Journey(root, readCourse(root))
    const [word, ...rest] = words
    if (folder !== undefined) return await classroom(journey, 'class')
    if (web) return await classroom(journey, word === undefined ? 'course' : journey.find(word))
    const command = word === undefined ? undefined : commands[word]
    if (command === undefined) return await guide(journey, word)
    const { notice } = journey
    if (notice !== undefined) print(`${notice}\n`)
    const look = lookOf(stdout, { plain })
    const code = await command({ journey, look, words: rest, print, judge })
    if (journey.notice !== undefined && journey.notice !== notice) print(`\n${journey.notice}`)
    return code
  } catch (error) {
    return complain(sayError(error, root))
  }

  async function classroom(journey: Journey, what: 'course' | 'class' | Lesson): Promise<number> {
    const opened = await openClassroom({ journey, judge, env, folder })
    const said =
      typeof what === 'string'
        ? sayClassroom(opened, what, opened.url)
        : sayClassroom(opened, 'lesson', opened.urlOf(what))
    print(`${said}\n\nKeep this open. Ctrl-C ends it.`)
    let forget = () => {}
    await new Promise<void>((resolve) => {
      forget = onEnding(resolve)
    })
    await opened.stop()
    forget()
    return 0
  }

  /** Without anybody to press a key it looks once and ends. */
  async function guide(journey: Journey, number: string | undefined): Promise<number> {
    const lesson = number === undefined ? journey.current : journey.find(number)
    if (stdin.isTTY) {
      const poor = !stdout.isTTY || env.TERM === 'dumb'
      const options = {
        journey,
        lesson,
        plain: plain || poor,
        manual,
        console: started,
        judge,
        openClassroom,
      }
      await new Guide(options).run()
      return 0
    }
    journey.goTo(lesson)
    const look = lookOf(stdout, { plain: true })
    print(`${join([journey.notice ?? '', headOf({ journey, lesson }, look)])}\n`)
    return await check(lesson, { journey, look, print, judge })
  }
}
