import type { ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { CheckResult } from '../../lessons/checks.ts'
import type { Ended, Message } from './messages.ts'
import { startNode } from './process-group.ts'

export interface ChecksRun {
  readonly names: readonly string[]
  readonly results: readonly CheckResult[]
  /** The check that was running at the end; absent while the exercise was loaded, and after the last. */
  readonly running?: string | undefined
  readonly ended: Ended
  /** The beginning of what the exercise printed. */
  readonly printed: string
}

const ourFolder = fileURLToPath(new URL('../..', import.meta.url))
const program = fileURLToPath(new URL('check-process.ts', import.meta.url))
const loader = import.meta.resolve('../../example/full-typescript.mjs')
const mostPrinted = 4000 // characters that are kept; the rest is read and forgotten
const longestMessage = 1_000_000
const secondsToLoad = 60 // for the lesson's own files, which always end: only a very busy machine is late
const memoryCodes = [134, 137] // how a shell tells of SIGABRT, by node, and SIGKILL, by the system

/**
 * Runs the checks of a lesson on a file, in a process that cannot take ours down. Loading the file, and each
 * check, may take so many seconds; the time that a busy machine needs until it gets there does not count.
 */
export async function runChecksApart(task: {
  checkFile: string
  solutionFile: string
  attemptFile: string
  seconds: number
  loadingSeconds?: number
  /** Of memory: half of it for what JavaScript keeps. */
  mostMegabytes?: number
  signal?: AbortSignal | undefined
}): Promise<ChecksRun> {
  const { checkFile, solutionFile, attemptFile, seconds, signal } = task
  const { loadingSeconds = secondsToLoad, mostMegabytes = 1024 } = task
  const word = randomUUID()
  const nodeOptions = [`--import=${loader}`, `--max-old-space-size=${mostMegabytes / 2}`]
  const args = [program, word, checkFile, solutionFile, attemptFile]
  const { child, kill } = await startNode([...nodeOptions, ...args], {
    cwd: ourFolder, // one that stays: node hangs forever when its folder goes while it starts
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    signal,
    mostMegabytes,
  })
  const printed = collect(child)
  const closed = once(child, 'close')
  let ended: Ended | undefined
  const isLate = (late: Ended) => {
    ended ??= late
    kill()
    letGo(child)
  }
  const loading: Ended = { how: 'slow', seconds: loadingSeconds }
  let timer = setTimeout(isLate, loadingSeconds * 1000, loading)
  child.once('exit', () => setTimeout(letGo, 500, child).unref())

  const messages: Message[] = []
  for await (const line of linesOf(child)) {
    if (!line.startsWith(word)) continue
    const message = parseMessage(line.slice(word.length))
    if (message === undefined) continue
    messages.push(message)
    clearTimeout(timer)
    timer = setTimeout(isLate, seconds * 1000, { how: 'late', seconds })
    if (message.kind !== 'ended') continue
    ended ??= message.ended
    break
  }
  const code = ended === undefined ? await exitCode(child) : null
  kill() // also what the exercise has started in its turn
  clearTimeout(timer)
  await Promise.race([closed, wait(500, undefined, { ref: false })])
  letGo(child)
  return {
    ...summary(messages),
    ended:
      ended ??
      (code === null || memoryCodes.includes(code) ? { how: 'killed' } : { how: 'exit', code }),
    printed: printed(),
  }
}

/** Neither the learner's settings nor the coverage of our tests belong in there. */
function environment(): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env
  const needed = ['TMPDIR', 'REDIS_URL', 'SystemRoot', 'TEMP'] // the last two on Windows
  return {
    ...{ PATH, HOME, NO_COLOR: '1' },
    ...Object.fromEntries(
      needed.flatMap((name) => {
        const value = process.env[name]
        return value === undefined ? [] : [[name, value]]
      }),
    ),
  }
}

/** The lines of file descriptor 3, as long as they are of a sensible length. */
async function* linesOf({ stdio: [, , , told] }: ChildProcess): AsyncGenerator<string> {
  if (told === null || told === undefined || !('setEncoding' in told)) return
  let rest = ''
  try {
    for await (const chunk of told.setEncoding('utf8')) {
      const lines = `${rest}${chunk}`.split('\n')
      rest = lines.pop()?.slice(0, longestMessage) ?? ''
      yield* lines
    }
  } catch {
    // we have let go of it
  }
}

/** What left the group may hold the pipes open forever. */
function letGo({ stdio }: ChildProcess): void {
  for (const stream of stdio) stream?.destroy()
}

/** An exercise that tries hard may write a line that we did not mean. */
function parseMessage(line: string): Message | undefined {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function collect({ stdout, stderr }: ChildProcess): () => string {
  let text = ''
  for (const stream of [stdout, stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      if (text.length < mostPrinted) text = (text + chunk).slice(0, mostPrinted)
    })
  // Without what node itself says when it breaks down.
  return () => text.replace(/\n*(<--- Last few GCs|----- Native stack trace).*/s, '')
}

async function exitCode(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return child.exitCode
}

function summary(messages: readonly Message[]) {
  const names = messages.flatMap((message) => (message.kind === 'checks' ? message.names : []))
  const results = messages.flatMap((message) => (message.kind === 'result' ? [message.result] : []))
  const loaded = messages.some(({ kind }) => kind === 'loaded')
  return { names, results, running: loaded ? names[results.length] : undefined }
}
