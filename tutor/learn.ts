import { check, commands } from './commands.ts'
import { Guide } from './guide.ts'
import { readCourse } from './journey/course.ts'
import { sayError } from './journey/disk.ts'
import { Journey } from './journey/journey.ts'
import { readOptions, usage } from './options.ts'
import { headOf } from './pages/scene.ts'
import { harmless } from './terminal/harmless.ts'
import { lookOf } from './terminal/look.ts'
import { join } from './terminal/page.ts'

// npm run learn: the guide through the lessons, or one of its commands.
// journey/ holds the lessons and the learner's files, judge/ finds out what is true of an exercise,
// pages/ says it, and terminal/ shows it. guide.ts brings them together.

const { words, plain, manual, help, problem } = readOptions(process.argv.slice(2), process.env)
const { stdin, stdout, stderr } = process
stdout.on('error', cannotWrite)
process.exitCode = await main()

async function main(): Promise<number> {
  if (help) {
    print(usage)
    return 0
  }
  if (problem !== undefined) return complain(problem)
  try {
    const root = process.cwd()
    const journey = new Journey(root, readCourse(root))
    const [word, ...rest] = words
    const command = word === undefined ? undefined : commands[word]
    if (command === undefined) return await guide(journey, word)
    const { notice } = journey
    if (notice !== undefined) print(`${notice}\n`)
    const code = await command({ journey, look: lookOf(stdout, { plain }), words: rest, print })
    if (journey.notice !== undefined && journey.notice !== notice) print(`\n${journey.notice}`)
    return code
  } catch (error) {
    return complain(sayError(error))
  }
}

function cannotWrite(error: NodeJS.ErrnoException): void {
  // Whoever read along has gone: `npm run learn list | head -3`
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 1)
  process.exit(complain(`Cannot write: ${error.message}`))
}

/** Without anybody to press a key it looks once and ends. */
async function guide(journey: Journey, number: string | undefined): Promise<number> {
  const lesson = number === undefined ? journey.current : journey.find(number)
  if (stdin.isTTY) {
    process.on('SIGQUIT', () => process.kill(process.pid, 'SIGTERM')) // the terminal is put in order
    const poor = !stdout.isTTY || process.env.TERM === 'dumb'
    await new Guide({ journey, lesson, plain: plain || poor, manual }).run()
    return 0
  }
  journey.goTo(lesson)
  const look = lookOf(stdout, { plain: true })
  print(`${join([journey.notice ?? '', headOf({ journey, lesson }, look)])}\n`)
  return await check(lesson, { journey, look, print })
}

function print(text: string): void {
  stdout.write(`${text}\n`)
}

function complain(text: string): number {
  stderr.write(`${harmless(text)}\n`)
  return 2
}
