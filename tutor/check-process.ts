import { writeSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { runChecks } from '../lessons/checks.ts'
import type { Message } from './types.ts'

// Runs the checks of one lesson on one file, in a process of its own: whatever the file does, the
// guide goes on. Tells what happened on file descriptor 3, one line of JSON each, so that what the
// exercise prints cannot be mistaken for a result.

const [checkFile = '', solutionFile = '', attemptFile = ''] = process.argv.slice(2)

process.on('uncaughtException', (error) => crash('threw an error that nobody caught', error))

const { default: checks } = await import(url(checkFile))
tell({ kind: 'checks', names: Object.keys(checks) })
const lesson = await load(attemptFile)
const missing = Object.keys(await import(url(solutionFile))).filter((name) => !(name in lesson))
if (missing.length > 0) {
  tell({ kind: 'crashed', said: `does not export ${missing.join(', ')}`, stack: '' })
  process.exit(0)
}
for await (const result of runChecks(checks, lesson)) tell({ kind: 'result', result })
tell({ kind: 'done' })
process.exit(0) // an open server or timer of the exercise must not keep us

async function load(file: string): Promise<object> {
  try {
    return await import(url(file))
  } catch (error) {
    return crash('could not be loaded', error)
  }
}

function crash(what: string, error: unknown): never {
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  tell({ kind: 'crashed', said: `${what}: ${said}`, stack })
  process.exit(0)
}

function tell(message: Message): void {
  writeSync(3, `${JSON.stringify(message)}\n`)
}

function url(path: string): string {
  return pathToFileURL(path).href
}
