import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { spawn } from '@lydell/node-pty'
import { type Lesson, readCourse } from '../tutor/journey/course.ts'
import { temporaryFolder } from './folder.ts'
import { optionsOrExit, readRounds } from './options.ts'
import { progress } from './progress.ts'
import { table } from './report/table.ts'
import { Seen } from './seen.ts'
import { say, spreadOf } from './spread.ts'

// Measures what a learner waits for: `npm run learn` in a real terminal until its first screen, `npm run learn -- --web`
// until its first page has come, and each lesson from a save to the verdict, on the screen and on the page. In seconds;
// the guide's own pause after a save, in which an editor may write on, is part of it.

const firstScreenAim = 1.5
const firstPageAim = 1
const aims = { pure: 1.5, server: 3 } as const

const rounds = optionsOrExit('npm run bench:learn -- --rounds 5', readRounds)
const root = fileURLToPath(new URL('..', import.meta.url))
const folder = temporaryFolder()
for (const name of ['example', 'lessons', 'node_modules', 'package.json', 'tsconfig.json', 'tutor'])
  symlinkSync(join(root, name), join(folder.path, name))

/** As a screen says it, and a page. */
const failed = /✗|failed:/

const rows: string[][] = []
const firstScreens: number[] = []
const firstPages: number[] = []
for (const lesson of readCourse(root)) {
  progress(`lesson ${lesson.number}`)
  const kind = asksAServer(lesson) ? 'server' : 'pure'
  for (const [where, start] of [
    ['on the screen', onScreen],
    ['on the page', onPage],
  ] as const) {
    const verdicts = await secondsToVerdicts(lesson, start)
    row(`${lesson.number}. ${lesson.title}, ${where}`, verdicts, aims[kind])
  }
}
row('`npm run learn` to its first screen', firstScreens, firstScreenAim)
row('its first page, from the request on', firstPages, firstPageAim)
const head = ['from save to verdict', 'seconds, median', 'aim', '']
process.stdout.write(`${table(head, rows)}\n`)
await folder.stop()

function row(what: string, seconds: readonly number[], aim: number): void {
  const spread = spreadOf(seconds)
  rows.push([what, say(spread), `${aim} s`, spread.median <= aim ? 'met' : '**missed**'])
}

/** Where a verdict is seen. */
interface Place {
  /** From this act until the text is there, in seconds. */
  secondsUntil(text: string | RegExp, act: () => void): Promise<number>
  stop(): void
}

/** Writes the answer and the shipped exercise in turn, so that every save changes the verdict. */
async function secondsToVerdicts(
  lesson: Lesson,
  start: (lesson: Lesson) => Promise<Place>,
): Promise<number[]> {
  const shipped = read(lesson, 'exercise.ts')
  const answer = read(lesson, 'solution.ts')
  const file = join(folder.path, 'my', lesson.slug, 'exercise.ts')
  mkdirSync(join(folder.path, 'my', lesson.slug), { recursive: true })
  writeFileSync(file, shipped)
  const place = await start(lesson)
  try {
    const seconds: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      seconds.push(
        await place.secondsUntil(/All (\d+ )?checks pass/, () => writeFileSync(file, answer)),
      )
      seconds.push(await place.secondsUntil(failed, () => writeFileSync(file, shipped)))
    }
    return seconds
  } finally {
    place.stop()
  }
}

async function onScreen({ number, title }: Lesson): Promise<Place> {
  const { seen, stop } = type('npm', ['run', '--silent', 'learn', String(number)])
  firstScreens.push(await seen.secondsUntil(`${number}. ${title}`))
  await seen.secondsUntil(failed)
  return { secondsUntil: (text, act) => seen.secondsUntil(text, act), stop }
}

async function onPage({ slug }: Lesson): Promise<Place> {
  const { seen: printed, stop } = type('npm', ['run', '--silent', 'learn', '--', '--web'])
  await printed.secondsUntil('Ctrl-C')
  const [url = ''] = /http:\/\/localhost:\d+\//.exec(printed.text) ?? []
  const from = performance.now()
  const answer = await fetch(`${url}lessons/${slug}`)
  await answer.text()
  if (!answer.ok) throw new Error(`The page came with ${answer.status}`)
  firstPages.push((performance.now() - from) / 1000)
  const seen = new Seen()
  const { body } = await fetch(`${url}lessons/${slug}/live`)
  void (async () => {
    for await (const chunk of body ?? []) seen.add(Buffer.from(chunk).toString())
  })().catch(() => {}) // it ends with the server
  await seen.secondsUntil(failed)
  return { secondsUntil: (text, act) => seen.secondsUntil(text, act), stop }
}

function type(program: string, args: string[]) {
  const seen = new Seen()
  const options = { cols: 100, rows: 60, cwd: folder.path, env: { ...process.env, TERM: 'xterm' } }
  const terminal = spawn(program, args, options)
  terminal.onData((data) => seen.add(data))
  return { seen, stop: () => terminal.kill() }
}

/** Requests come from the helpers of these folders, or from exchange.ts itself. */
function asksAServer(lesson: Lesson): boolean {
  return /from '\.\.\/(exchange\.ts|change-of-secret\/|mutants\/|session-store\/|two-servers\/)/.test(
    read(lesson, 'check.ts'),
  )
}

function read({ slug }: Lesson, name: string): string {
  return readFileSync(join(root, 'lessons', slug, name), 'utf8')
}
