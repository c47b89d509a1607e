import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Lesson } from './journey/course.ts'

const endings = ['SIGTERM', 'SIGHUP', 'SIGQUIT'] as const // they reach us alone: we pass them on

type Run = (program: string, args: string[], options: SpawnOptions) => ChildProcess

/** What node is told to run a lesson's demonstration. */
export function demoArguments(
  root: string,
  { slug }: Lesson,
  args: readonly string[] = [],
): string[] {
  const imports = [
    import.meta.resolve('../example/typescript.mjs'),
    import.meta.resolve('./closed-output.mjs'),
  ]
  const program = join(root, 'lessons', slug, 'demo.ts')
  return [...imports.map((url) => `--import=${url}`), program, ...args]
}

/** Runs a lesson's demonstration in the learner's own terminal; gives its exit code. */
export async function runDemo(
  root: string,
  lesson: Lesson,
  args: readonly string[],
  { run = spawn as Run } = {},
): Promise<number> {
  const child = run(process.execPath, demoArguments(root, lesson, args), {
    cwd: root,
    stdio: 'inherit',
  })
  const stay = () => {} // Ctrl-C ends the demo; we say its exit code
  const end = (signal: NodeJS.Signals) => void child.kill(signal)
  process.on('SIGINT', stay)
  for (const signal of endings) process.on(signal, end)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('exit', resolve)
    child.once('error', reject)
  })
  process.off('SIGINT', stay)
  for (const signal of endings) process.off(signal, end)
  return code ?? 1
}
