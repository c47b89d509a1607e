import { execFile } from 'node:child_process'
import { demoArguments } from '../tutor/demo.ts'
import type { Lesson } from '../tutor/journey/course.ts'

/** What a demonstration has printed. */
export interface Demonstration {
  readonly running: boolean
  readonly printed: string
}

const mostSeconds = 60
const mostBytes = 200_000

/** Runs a lesson's demonstration to its end, and gives what it printed. */
export async function demonstrate(
  root: string,
  lesson: Lesson,
  { seconds = mostSeconds } = {},
): Promise<Demonstration> {
  return await new Promise((resolve) => {
    const options = {
      cwd: root,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
      timeout: seconds * 1000,
      maxBuffer: mostBytes,
      windowsHide: true,
    }
    execFile(process.execPath, demoArguments(root, lesson), options, (error, stdout, stderr) => {
      const ended = error?.killed
        ? `It did not end within ${seconds} seconds, or printed too much.`
        : ''
      const printed = [stdout, stderr, ended].filter((text) => text !== '').join('\n')
      resolve({ running: false, printed })
    })
  })
}
