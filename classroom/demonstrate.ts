import { once } from 'node:events'
import { demoArguments } from '../tutor/demo.ts'
import type { Lesson } from '../tutor/journey/course.ts'
import { startNode } from '../tutor/judge/process-group.ts'

/** What a demonstration has printed. */
export interface Demonstration {
  readonly running: boolean
  readonly printed: string
}

const mostSeconds = 60
const mostCharacters = 200_000

/** Runs a lesson's demonstration to its end, and gives what it printed. Nothing that it has started outlives it. */
export async function demonstrate(
  root: string,
  lesson: Lesson,
  { signal, seconds = mostSeconds }: { signal: AbortSignal; seconds?: number },
): Promise<Demonstration> {
  const late = AbortSignal.timeout(seconds * 1000)
  const { child, kill } = await startNode(demoArguments(root, lesson), {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: AbortSignal.any([signal, late]),
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk
      if (printed.length > mostCharacters) kill()
    })
  await once(child, 'close')
  const isTooMuch = printed.length > mostCharacters || late.aborted || child.signalCode !== null
  const ended = `\nIt was ended: it took longer than ${seconds} seconds, or printed or kept too much.`
  return {
    running: false,
    printed: isTooMuch ? `${printed.slice(0, mostCharacters)}${ended}` : printed,
  }
}
