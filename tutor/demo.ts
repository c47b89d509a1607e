import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Lesson } from './journey/course.ts'

const endings = ['SIGTERM', 'SIGHUP', 'SIGQUIT'] as const // they reach us alone: we pass them on

type Run = (program: string, args: string[], options: SpawnOptions) => ChildProcess

/** Runs a lesson's demonstration in the learner's own terminal; gives its exit code. */
export async function runDemo(
  root: string,
  { slug }: Lesson,
  args: readonly string[],
  { run = spawn as Run } = {},
): Promise<number> {
  const program = join(root, 'lessons', slug, 'demo.ts')
  const imports = [
    import.meta.resolve('../example/typescript.mjs'),
    import.meta.resolve('./closed-output.mjs'),
  ]
  const options = [...imports.map((url) => `--import=${url}`), program, ...args]
  const child = run(process.execPath, options, { cwd: root, stdio: 'inherit' })
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
