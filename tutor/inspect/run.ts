import { findToken } from './find-token.ts'
import { type Options, readOptions } from './options.ts'
import { line, paperOf, print } from './paper.ts'
import { Problem } from './problem.ts'
import { readGiven } from './read-given.ts'
import { readText } from './read-text.ts'
import { reportOn } from './report.ts'
import { sayJson } from './say-json.ts'
import { sayReport } from './say-report.ts'
import { usage } from './usage.ts'

/** Runs the command in a process, and returns its exit code. */
export async function run({ argv, env, stdin, stdout, stderr }: NodeJS.Process): Promise<number> {
  try {
    const options = readOptions(argv.slice(2), env)
    if (options.help) {
      stdout.write(print(usage, paperOf(stdout)))
      return 0
    }
    if (options.words.length === 0 && stdin.isTTY) {
      stderr.write(print(usage, paperOf(stderr)))
      return 2
    }
    const report = await inspect(options, stdin)
    stdout.write(options.json ? `${sayJson(report)}\n` : print(sayReport(report), paperOf(stdout)))
    return report.verdict.result === 'refused' ? 1 : 0
  } catch (error) {
    stderr.write(print([line(0, sayProblem(error))], paperOf(stderr)))
    return 2
  }
}

async function inspect(options: Options, stdin: NodeJS.ReadStream) {
  const { words, now = Math.floor(Date.now() / 1000) } = options
  const text = words.length > 0 ? words.join(' ') : await readText(stdin, 'the token')
  const found = findToken(text.replace(/\r?\n$/, ''))
  return await reportOn(found, { given: await readGiven(options), options, now })
}

/** Only the name of an error that nobody expected is shown: its message may quote what was typed. */
function sayProblem(error: unknown): string {
  if (error instanceof Problem) return error.message
  const name = error instanceof Error ? error.name : 'unknown error'
  return `Cannot inspect: the inspector itself is at fault (${name}). Please report it, without the token`
}
