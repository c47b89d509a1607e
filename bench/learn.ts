import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { spawn } from '@lydell/node-pty'
import { type Lesson, readCourse } from '../tutor/journey/course.ts'
import { temporaryFolder } from './folder.ts'
import { progress } from './progress.ts'
import { table } from './report/table.ts'
import { say, spreadOf } from './spread.ts'

// Measures what a learner waits for: `npm run learn` in a real terminal until its first screen,
// and each lesson from a save to the verdict on the screen. In seconds; the guide's own pause after
// a save, in which an editor may write on, is part of it.

const firstScreenAim = 1.5
const aims = { pure: 1.5, server: 3 } as const

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } })
const root = fileURLToPath(new URL('..', import.meta.url))
const folder = temporaryFolder()
for (const name of ['example', 'lessons', 'node_modules', 'package.json', 'tsconfig.json', 'tutor'])
  symlinkSync(join(root, name), join(folder.path, name))

const rows: string[][] = []
const firstScreens: number[] = []
for (const lesson of readCourse(root)) {
  progress(`lesson ${lesson.number}`)
  const kind = asksAServer(lesson) ? 'server' : 'pure'
  const verdict = spreadOf(await secondsToVerdicts(lesson, Number(values.rounds)))
  const met = verdict.median <= aims[kind] ? 'met' : '**missed**'
  rows.push([`${lesson.number}. ${lesson.title}`, say(verdict), `${aims[kind]} s`, met])
}
const firstScreen = spreadOf(firstScreens)
const met = firstScreen.median <= firstScreenAim ? 'met' : '**missed**'
rows.push(['`npm run learn` to its first screen', say(firstScreen), `${firstScreenAim} s`, met])
const head = ['from save to verdict', 'seconds, median', 'aim', '']
process.stdout.write(`${table(head, rows)}\n`)
await folder.stop()

/** Writes the answer and the shipped exercise in turn, so that every save changes the verdict. */
async function secondsToVerdicts(lesson: Lesson, rounds: number): Promise<number[]> {
  const shipped = read(lesson, 'exercise.ts')
  const answer = read(lesson, 'solution.ts')
  const file = join(folder.path, 'my', lesson.slug, 'exercise.ts')
  mkdirSync(join(folder.path, 'my', lesson.slug), { recursive: true })
  writeFileSync(file, shipped)
  const guide = startGuide(lesson)
  try {
    firstScreens.push(await guide.secondsUntil(`${lesson.number}. ${lesson.title}`))
    await guide.secondsUntil('✗')
    const seconds: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      seconds.push(await guide.secondsUntil('All checks pass', () => writeFileSync(file, answer)))
      seconds.push(await guide.secondsUntil('✗', () => writeFileSync(file, shipped)))
    }
    return seconds
  } finally {
    guide.stop()
  }
}

function startGuide({ number }: Lesson) {
  const started = performance.now()
  const options = { cols: 100, rows: 60, cwd: folder.path, env: { ...process.env, TERM: 'xterm' } }
  const terminal = spawn('npm', ['run', '--silent', 'learn', String(number)], options)
  let seen = ''
  let onData = () => {}
  terminal.onData((data) => {
    seen += data
    onData()
  })
  return {
    stop: () => terminal.kill(),
    /** From this act, or else from the start, until the text is on the screen. */
    async secondsUntil(text: string, act?: () => void): Promise<number> {
      const from = act === undefined ? started : performance.now()
      if (act !== undefined) seen = ''
      act?.()
      await new Promise<void>((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`"${text}" never came:\n${seen}`)), 30_000)
        onData = () => {
          if (!seen.includes(text)) return
          clearTimeout(late)
          resolve()
        }
        onData()
      })
      return (performance.now() - from) / 1000
    },
  }
}

/** Requests come from the helpers of these folders, or from exchange.ts itself. */
function asksAServer(lesson: Lesson): boolean {
  return /from '\.\.\/(exchange\.ts|change-of-secret\/|mutants\/|two-servers\/)/.test(
    read(lesson, 'check.ts'),
  )
}

function read({ slug }: Lesson, name: string): string {
  return readFileSync(join(root, 'lessons', slug, name), 'utf8')
}
