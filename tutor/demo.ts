import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Lesson } from './course.ts'

/** Runs a lesson's demonstration in the learner's own terminal; gives its exit code. */
export async function runDemo(
  root: string,
  { slug }: Lesson,
  args: readonly string[],
): Promise<number> {
  const program = join(root, 'lessons', slug, 'demo.ts')
  const options = [`--import=${import.meta.resolve('tsx')}`, program, ...args]
  const child = spawn(process.execPath, options, { cwd: root, stdio: 'inherit' })
  const stay = () => {} // Ctrl-C ends the demo; we say its exit code
  process.on('SIGINT', stay)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('exit', resolve)
    child.once('error', reject)
  })
  process.off('SIGINT', stay)
  return code ?? 1
}
