import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type { CheckResult } from '../lessons/checks.ts'
import type { Message } from './types.ts'

/** How the process of the checks came to its end. */
export type Ended =
  | { readonly how: 'finished' }
  | { readonly how: 'crashed'; readonly said: string; readonly stack: string }
  | { readonly how: 'late'; readonly seconds: number }
  | { readonly how: 'exit'; readonly code: number | null }
  | { readonly how: 'killed' }

export interface ChecksRun {
  readonly names: readonly string[]
  readonly results: readonly CheckResult[]
  readonly ended: Ended
  readonly printed: string
}

const program = fileURLToPath(new URL('check-process.ts', import.meta.url))
const mostPrinted = 4000 // characters that are kept; the rest is read and forgotten

/** Runs the checks of a lesson on a file, in a process that cannot take ours down, within a time. */
export async function runChecksApart(task: {
  checkFile: string
  solutionFile: string
  attemptFile: string
  seconds: number
  signal?: AbortSignal | undefined
}): Promise<ChecksRun> {
  const { checkFile, solutionFile, attemptFile, seconds, signal } = task
  const child = start([checkFile, solutionFile, attemptFile])
  const kill = () => killGroup(child)
  let late = false
  const timer = setTimeout(() => {
    late = true
    kill()
  }, seconds * 1000)
  signal?.addEventListener('abort', kill)
  const messages: Message[] = []
  const printed = collect(child)
  for await (const line of createInterface({ input: child.stdio[3] as Readable }))
    messages.push(...parse(line))
  const code = await ended(child)
  kill() // what the exercise has started in its turn
  clearTimeout(timer)
  signal?.removeEventListener('abort', kill)
  return {
    ...summary(messages),
    ended: howItEnded(messages, { late, seconds, code }),
    printed: printed(),
  }
}

function start(files: readonly string[]): ChildProcess {
  const { PATH = '', HOME = '', TMPDIR } = process.env
  const options = [`--import=${import.meta.resolve('tsx')}`, '--max-old-space-size=512']
  return spawn(process.execPath, [...options, program, ...files], {
    // Neither the learner's settings nor the coverage of our tests belong in there.
    env: { PATH, HOME, ...(TMPDIR === undefined ? {} : { TMPDIR }), NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    detached: true, // a group of its own, so that all of it can be ended
  })
}

/** The last line may have been cut in the middle. */
function parse(line: string): Message[] {
  try {
    return [JSON.parse(line)]
  } catch {
    return []
  }
}

function collect({ stdout, stderr }: ChildProcess): () => string {
  let text = ''
  for (const stream of [stdout, stderr])
    stream?.on('data', (chunk) => {
      if (text.length < mostPrinted) text = (text + chunk).slice(0, mostPrinted)
    })
  return () => text
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null)
    await new Promise((resolve) => child.once('exit', resolve))
  return child.exitCode
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // it has ended by itself
  }
}

function summary(messages: readonly Message[]) {
  const names = messages.flatMap((message) => (message.kind === 'checks' ? message.names : []))
  const results = messages.flatMap((message) => (message.kind === 'result' ? [message.result] : []))
  return { names, results }
}

function howItEnded(
  messages: readonly Message[],
  { late, seconds, code }: { late: boolean; seconds: number; code: number | null },
): Ended {
  const last = messages.at(-1)
  if (last?.kind === 'done') return { how: 'finished' }
  if (last?.kind === 'crashed') return { how: 'crashed', said: last.said, stack: last.stack }
  if (late) return { how: 'late', seconds }
  return code === null || code > 128 ? { how: 'killed' } : { how: 'exit', code }
}
