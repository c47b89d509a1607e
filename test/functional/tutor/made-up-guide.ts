import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import type { Test } from 'tap'
import { startClassroom } from '../../../classroom/start.ts'
import { type CheckResult, runChecks } from '../../../lessons/checks.ts'
import type { ChecksRun, runChecksApart } from '../../../tutor/judge/run-checks.ts'
import { createJudge, type Judge } from '../../../tutor/judge/verdict.ts'
import { learn as start } from '../../../tutor/run.ts'
import { openScreen, type Screen } from '../../support/screen.ts'
import { madeUpCourse } from './made-up-course.ts'

/** What stands in the progress file of a course. */
export function progressOf(root: string): { lessons: Record<string, string>; current?: string } {
  const path = join(root, 'my/progress.json')
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { lessons: {} }
}

/** Settings with which no change of a file is heard of: it is looked for once in a quarter of an hour. */
export const noFileEvents = { CHOKIDAR_USEPOLLING: '1', CHOKIDAR_INTERVAL: '1000000' }

/** The judge without its processes: the checks run in ours, `for (;;)` stands for what never ends, and all types hold. */
export const quickJudge = createJudge({ findTypes: async () => [], runChecks: runChecksHere })

async function runChecksHere({
  checkFile,
  attemptFile,
  signal,
}: Parameters<typeof runChecksApart>[0]): Promise<ChecksRun> {
  if (readFileSync(attemptFile, 'utf8').includes('for (;;)')) {
    if (signal?.aborted === false) await once(signal, 'abort')
    return { names: [], results: [], ended: { how: 'killed' }, printed: '' }
  }
  const fresh = `?${randomUUID()}` // so that what was saved is loaded again
  const load = (file: string) => import(pathToFileURL(file).href + fresh)
  const { default: checks } = await load(checkFile)
  const results: CheckResult[] = []
  for await (const result of runChecks(checks, await load(attemptFile)))
    results.push(JSON.parse(JSON.stringify(result).replaceAll(fresh, '')))
  return { names: Object.keys(checks), results, ended: { how: 'finished' }, printed: '' }
}

/** `npm run learn` without a terminal, until it ends. */
export async function learn(root: string, args: readonly string[] = []) {
  const pipe = { isTTY: false, columns: 80, rows: 24, hasColors: () => false }
  const stdout = Object.assign(new PassThrough(), pipe)
  const stderr = new PassThrough()
  const typed = { args, root, env: {}, judge: quickJudge, openClassroom: startClassroom }
  const code = await start({ ...typed, stdin: keyboard({ isTTY: false }), stdout, stderr })
  return { code, stdout: await text(stdout.end()), stderr: await text(stderr.end()) }
}

function keyboard({ isTTY }: { isTTY: boolean }) {
  const stdin = Object.assign(new PassThrough(), {
    isTTY,
    isRaw: false,
    setRawMode(isRaw: boolean) {
      stdin.isRaw = isRaw
    },
  })
  return stdin
}

interface GuideOptions {
  readonly args?: readonly string[]
  readonly columns?: number
  readonly rows?: number
  /** Whether what it draws arrives on a terminal. */
  readonly isTTY?: boolean
  readonly env?: Readonly<Record<string, string>>
  readonly judge?: Judge
  /** What comes on top of the made-up course. */
  readonly files?: Readonly<Record<string, string>>
}

export interface MadeUpGuide extends Screen {
  /** Types these keys; the special ones are in `keys`. */
  press(keys: string): void
  resize(columns: number, rows: number): void
  /** Ends what is typed, as Ctrl-D does where lines are read. */
  end(): void
  /** Whether keys arrive one by one. */
  isRaw(): boolean
  readonly exitCode: Promise<number>
}

/** A guide that has judged the exercise as it was shipped, on a screen that holds all of it. */
export async function judgedGuide(t: Test, options: GuideOptions = {}) {
  const root = madeUpCourse(t, options.files)
  const guide = startGuide(t, root, { rows: 40, ...options })
  await guide.until('✗ doubles a number')
  return { root, guide }
}

/** `npm run learn` in a made-up terminal, but for its processes: what it draws is seen, what is typed is heard. */
export function startGuide(t: Test, root: string, options: GuideOptions = {}): MadeUpGuide {
  const { args = [], columns = 80, rows = 24, isTTY = true, env = {}, judge = quickJudge } = options
  const screen = openScreen({ columns: columns || 80, rows: rows || 24, convertEol: true })
  const stdin = keyboard({ isTTY: true })
  const stdout = Object.assign(
    new Writable({ write: (chunk, _, done) => void screen.write(`${chunk}`).then(() => done()) }),
    { isTTY, columns, rows, hasColors: () => !('NO_COLOR' in env) },
  )
  const typed = { args, root, env, judge, openClassroom: startClassroom }
  const started = { ...typed, stdin, stdout, stderr: stdout }
  const exitCode = start(started).then(async (code) => {
    await new Promise<void>((resolve) => stdout.end(resolve))
    return code
  })
  t.teardown(async () => {
    stdin.end()
    await exitCode
    screen.close()
  })
  return {
    ...screen,
    press: (keys) => void stdin.write(keys),
    resize(columns, rows) {
      screen.resize(columns, rows)
      Object.assign(stdout, { columns, rows }).emit('resize')
    },
    end: () => void stdin.end(),
    isRaw: () => stdin.isRaw,
    exitCode,
  }
}
