import assert from 'node:assert'
import { writeSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { failureOf, type Notes, runChecks } from '../../lessons/checks.ts'
import type { Ended, Message } from './messages.ts'

// Runs the checks of one lesson on one file, in a process of its own: whatever the file does, the
// guide goes on. Tells what happened on file descriptor 3, one line of JSON each behind a word that
// only the guide knows, so that nothing the exercise writes can be mistaken for a result.

const [word = '', checkFile = '', solutionFile = '', attemptFile = ''] = process.argv.splice(2)

// What the exercise may replace is kept here, or cannot be replaced.
const { stringify } = JSON
const exit = process.exit.bind(process)
Object.freeze(assert)
Object.freeze(assert.strict)

Error.stackTraceLimit = 40 // the check is in there, however many calls below it the error is
const notes: Notes = {} // of what was asked when the exercise ended everything
process.on('uncaughtException', (error) =>
  end({ how: 'uncaught', failure: failureOf(error, notes.last) }),
)
process.on('beforeExit', () => end({ how: 'waits' }))

const { default: checks = {} } = await load(checkFile, 'lesson')
const solution = await load(solutionFile, 'lesson')
tell({ kind: 'checks', names: Object.keys(checks) })
const lesson = await load(attemptFile, 'load')
const missing = Object.keys(solution).filter((name) => !(name in lesson))
if (missing.length > 0) end({ how: 'names', missing })
tell({ kind: 'loaded' })
for await (const result of runChecks(checks, lesson, notes)) tell({ kind: 'result', result })
await setImmediate() // a promise that was rejected last and that nobody awaits speaks up now
end({ how: 'finished' })

async function load(file: string, how: 'lesson' | 'load') {
  try {
    return await import(pathToFileURL(file).href)
  } catch (error) {
    return end({ how, failure: failureOf(error) })
  }
}

function end(ended: Ended): never {
  tell({ kind: 'ended', ended })
  return exit(0) // an open server or timer of the exercise must not keep us
}

function tell(message: Message): void {
  writeSync(3, `${word}${stringify(message)}\n`)
}
