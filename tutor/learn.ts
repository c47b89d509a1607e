import { commands } from './commands.ts'
import { readCourse } from './course.ts'
import { sayDiskError } from './disk.ts'
import { runGuide } from './guide.ts'
import { Journey } from './journey.ts'
import { lookOf } from './look.ts'
import { readOptions, usage } from './options.ts'

// npm run learn: the guide through the lessons, or one of its commands.

const { words, plain, manual, help, problem } = readOptions(process.argv.slice(2), process.env)
const print = (text: string) => void process.stdout.write(`${text}\n`)

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
    if (journey.notice !== undefined) print(`${journey.notice}\n`)
    const look = lookOf(process.stdout, { plain })
    const [word, ...rest] = words
    const command = word === undefined ? undefined : commands[word]
    if (command !== undefined) return await command({ journey, look, words: rest, print })
    const lesson = word === undefined ? journey.current : journey.find(word)
    return await runGuide({ journey, lesson, plain, manual })
  } catch (error) {
    return complain(sayDiskError(error) ?? (error instanceof Error ? error.message : String(error)))
  }
}

function complain(text: string): number {
  process.stderr.write(`${text}\n`)
  return 2
}
