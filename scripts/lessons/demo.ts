import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { killGroup } from '../../tutor/judge/process-group.ts'
import { sayDifference } from '../shown.ts'

/** What a demonstration did. */
export interface DemoRun {
  readonly stdout: string
  readonly stderr: string
  /** `null` when it had to be ended. */
  readonly code: number | null
}

/** Three seconds are meant; a machine that does other things as well may take longer. */
const patienceSeconds = 15
const widest = 80

/** Runs a demonstration as `npm run learn demo N` does, with the arguments as they are typed in a shell. */
export async function runDemo(root: string, slug: string, typed: string): Promise<DemoRun> {
  const { PATH = '', HOME = '' } = process.env
  const program = join(root, 'lessons', slug, 'demo.ts')
  const child = spawn(
    'sh',
    ['-c', `exec "$0" "$@" ${typed}`, process.execPath, ...typescript, program],
    {
      cwd: root,
      env: { PATH, HOME },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true, // a group of its own, so that all of it can be ended
    },
  )
  const exit = once(child, 'exit')
  const end = () => killGroup(child)
  const impatience = setTimeout(end, patienceSeconds * 1000)
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  await exit
  clearTimeout(impatience)
  end() // what it has left running
  return { stdout, stderr, code: child.exitCode }
}

const typescript = [`--import=${import.meta.resolve('../../example/typescript.mjs')}`]

/** What is wrong with it, beside what the page shows of it. */
export function demoRunProblems(shown: string, { stdout, stderr, code }: DemoRun): string[] {
  if (code === null) return [`did not end by itself within ${patienceSeconds} seconds`]
  const [complaint = ''] = stderr.trim().split('\n')
  const difference = sayDifference(shown, stdout)
  const wide = stdout.split('\n').find((line) => [...line].length > widest)
  return [
    ...(code === 0 ? [] : [`ended with exit code ${code}`]),
    ...(complaint === '' ? [] : [`wrote to stderr: ${complaint}`]),
    ...(difference === undefined ? [] : [`${difference}. Paste what it prints, … for what varies`]),
    ...(wide === undefined ? [] : [`prints a line wider than ${widest} columns: ${wide}`]),
  ]
}
