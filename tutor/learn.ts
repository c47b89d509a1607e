import { check, commands } from './commands.ts'
import { readCourse } from './course.ts'
import { sayError } from './disk.ts'
import { Guide } from './guide.ts'
import { Journey } from './journey.ts'
import { lookOf } from './look.ts'
import { readOptions, usage } from './options.ts'
import { join } from './page.ts'
import { lessonHead, progressBar } from './pages.ts'

// npm run learn: the guide through the lessons, or one of its commands.

const { words, plain, manual, help, problem } = readOptions(process.argv.slice(2), process.env)
const { stdin, stdout, stderr } = process
stdout.on('error', () => process.exit()) // whoever read along has gone: `npm run learn list | head -3`
process.exitCode = await main()

async function main(): Promise<number> {
  if (help) {
    print(usage)
    return 0
  }
  if (problem !== undefined) return complain(`${problem}\n\n${usage}`)
  try {
    const root = process.cwd()
    const journey = new Journey(root, readCourse(root))
    const [word, ...rest] = words
    const command = word === undefined ? undefined : commands[word]
    if (command === undefined) return await guide(journey, word)
    if (journey.notice !== undefined) print(`${journey.notice}\n`)
    return await command({ journey, look: lookOf(stdout, { plain }), words: rest, print })
  } catch (error) {
    return complain(sayError(error))
  }
}

/** Without anybody to press a key it looks once and ends. */
async function guide(journey: Journey, number: string | undefined): Promise<number> {
  const lesson = number === undefined ? journey.current : journey.find(number)
  if (stdin.isTTY) {
    const poor = !stdout.isTTY || process.env.TERM === 'dumb'
    await new Guide({ journey, lesson, plain: plain || poor, manual }).run()
    return 0
  }
  journey.goTo(lesson)
  const look = lookOf(stdout, { plain: true })
  const head = [progressBar(journey, look), lessonHead(lesson, journey, look)]
  print(`${join([journey.notice ?? '', ...head])}\n`)
  return await check(lesson, { journey, look, print })
}

function print(text: string): void {
  stdout.write(`${text}\n`)
}

function complain(text: string): number {
  stderr.write(`${text}\n`)
  return 2
}
