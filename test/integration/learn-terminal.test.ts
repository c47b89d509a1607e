import t, { type Test } from 'tap'
import { answer, exercise, madeUpCourse, write } from '../functional/tutor/made-up-course.ts'
import { keys, type TerminalSession } from '../support/terminal.ts'
import { progressOf, startGuide } from './learn.ts'

const long = 'a promise with many words, so many that no narrow window holds them in one line'
const check = `import assert from 'node:assert/strict'
export default {
  '${long}'({ double }) {
    assert.equal(double(2), '${'x'.repeat(300)}', 'double(2) and then '.repeat(20))
  },
}
`

function courseWith(t: Test, files: Record<string, string> = {}): string {
  const root = madeUpCourse(t)
  for (const [path, text] of Object.entries(files)) write(root, path, text)
  return root
}

/** Looks at every line of a page, and tells whether all of them fit. */
async function fits(guide: TerminalSession): Promise<boolean> {
  guide.press(keys.home)
  // While checks run, that is said in the place of the lines.
  await guide.until((screen) => /lines 1 to/.test(screen) || !/lines \d|checking/.test(screen))
  for (;;) {
    if (guide.overflows()) return false
    const screen = guide.screen()
    const [, last, all] = /lines \d+ to (\d+) of (\d+)/.exec(screen) ?? []
    if (last === all) return true
    guide.press(keys.down)
    await guide.until((next) => next !== screen)
  }
}

t.test('leaving', async (t) => {
  for (const [what, key] of Object.entries({ q: 'q', 'Ctrl-C': keys.ctrlC, 'Ctrl-D': keys.ctrlD }))
    t.test(`by ${what}: the terminal is as it was, and the progress is kept`, async (t) => {
      const root = courseWith(t, { 'my/01-begin/exercise.ts': answer })
      const guide = startGuide(t, root, { rows: 40, shell: 'learn; echo "code $?"; stty -a' })
      await guide.until('All checks pass.')
      guide.press(key)
      t.equal(await guide.exitCode(), 0)
      const screen = guide.screen()
      t.match(screen, /^Your progress is kept\. Go on with: npm run learn\ncode 0$/m)
      t.match(screen, /\bicanon\b/)
      t.notMatch(screen, /-icanon|-isig|-echo\b/)
      t.same(guide.modes(), { bracketedPaste: false, alternateScreen: false, cursorHidden: false })
      t.same(progressOf(root).lessons, { '01-begin': 'passed' })
    })
  t.test('what was on the screen before can be scrolled back to', async (t) => {
    const guide = startGuide(t, courseWith(t), { shell: 'echo before; learn' })
    await guide.until('✗')
    t.notMatch(guide.screen(), /^before$/m)
    t.match(guide.history(), /^before$/m)
  })
})

t.test('40 columns and 30 rows', async (t) => {
  const root = courseWith(t, { 'lessons/01-begin/check.ts': check })
  const guide = startGuide(t, root, { columns: 40, rows: 30 })

  t.test('the first screen begins at its top', async (t) => {
    t.match(await guide.until('lines 1 to'), /^░+ 0 of 3 passed\n/)
    write(root, 'my/01-begin/exercise.ts', exercise.replace('TODO', 'later'))
  })
  t.test('after a save, what matters is in sight, with the keys', async (t) => {
    const screen = await guide.until(/^✗ a promise.*lines \d/s)
    t.match(screen, /^✗ a promise with many words, so many\n {2}that/)
    t.match(screen, /^h hint · n next · b back · l list ·\nr reset · d diff · q quit$/m)
    t.match(screen, /^ {12}x{28}$/m, 'a full line keeps its end')
  })
  for (const key of ['h', 'l', 'r', 'd', 'n'])
    t.test(`no line is wider after ${key}`, async (t) => {
      const before = guide.screen()
      guide.press(key)
      await guide.until((screen) => screen !== before)
      t.ok(await fits(guide))
      t.ok(guide.screen().split('\n').length <= 30)
    })
})

t.test('a screen that is too small for the report', async (t) => {
  const root = courseWith(t)
  const guide = startGuide(t, root, { rows: 14 })

  t.test('a lesson that opens begins at its top, also when its verdict comes', async (t) => {
    const screen = await guide.until(/lines 1 to \d+ of [2-9]\d/)
    t.match(screen, /^░+ 0 of 3 passed\n\n1\. Begin\n/)
  })
  t.test('after a save it begins with the failed check, and ends with the keys', async (t) => {
    write(root, 'my/01-begin/exercise.ts', exercise.replace('TODO', 'later'))
    const screen = await guide.until(/^✗ doubles a number\n.*PgDn\n/s)
    t.match(screen, /^↑↓ lines \d+ to \d+ of \d+ · PgUp PgDn\nh hint · .* · q quit$/m)
  })
  t.test('scrolls by line, by screen, and to the ends', async (t) => {
    guide.press(keys.home)
    t.match(await guide.until('lines 1 to'), /^░+ 0 of 3 passed$/m)
    guide.press(keys.down)
    await guide.until('lines 2 to')
    guide.press(keys.up)
    await guide.until('lines 1 to')
    guide.press(' ')
    await guide.until(/lines ([89]|1\d) to/)
    guide.press(keys.end)
    t.ok(await guide.until(/to (\d+) of \1 /))
  })
  t.test('a hint comes into sight', async (t) => {
    guide.press('h')
    t.ok(await guide.until('Look at double in my/01-begin/exercise.ts.'))
  })
})

t.test('another size', async (t) => {
  const root = courseWith(t)
  const guide = startGuide(t, root, { rows: 30 })
  await guide.until('✗')
  write(root, 'my/01-begin/exercise.ts', exercise.replace('TODO', 'later'))
  await guide.until((screen) => !screen.includes('Keep this open'))
  for (const [columns, rows] of [
    [40, 30],
    [120, 50],
    [100, 12],
    [80, 24],
  ] as const) {
    guide.resize(columns, rows)
    const keys = columns === 40 ? 'l list ·\nr reset' : 'l list · r reset'
    const drawn = (screen: string) =>
      screen.includes('✗ doubles a number') &&
      screen.includes(keys) &&
      screen.split('h hint').length === 2 && // they stand there once
      screen.endsWith('q quit')
    t.ok(await guide.until(drawn), `${columns} columns, ${rows} rows`)
  }
})

t.test('a window that says it has no size', async (t) => {
  const guide = startGuide(t, courseWith(t), { shell: 'stty rows 0 cols 0; learn' })
  t.match(
    await guide.until('✗'),
    /^h hint · n next · b back · l list · r reset · d diff · q quit$/m,
  )
})

t.test('colors', async (t) => {
  t.test('are there in a terminal', async (t) => {
    const guide = startGuide(t, courseWith(t))
    await guide.until('✗')
    t.ok(guide.isColored())
  })
  t.test('are not there with NO_COLOR', async (t) => {
    const guide = startGuide(t, courseWith(t), { env: { NO_COLOR: '1' } })
    await guide.until('✗')
    t.notOk(guide.isColored())
  })
})

t.test('a terminal that can do nothing gets line after line', async (t) => {
  const guide = startGuide(t, courseWith(t), { env: { TERM: 'dumb' } })
  t.match(await guide.until('failed:'), 'passed: nothing stays nothing')
  t.notOk(guide.isColored())
})

t.test('a token that is pasted by mistake presses no key', async (t) => {
  const root = courseWith(t)
  const guide = startGuide(t, root)
  await guide.until('✗')
  guide.press('\x1b[200~eyJhbGciOiJub25lIn0.nnnqrr.\x1b[201~')
  guide.press('h')
  await guide.until('Hint 1')
  guide.press('q')
  await guide.exitCode()
  t.same(progressOf(root), {
    version: 1,
    current: '01-begin',
    lessons: {},
    hints: { '01-begin': 1 },
  })
})

t.test('nothing that the exercise prints reaches the terminal as a command', async (t) => {
  const root = courseWith(t, {
    'my/01-begin/exercise.ts': `${answer}console.log('\\x1b[2J\\x1b[1;1H\\x1b]0;title\\x07over\\rthe top\\x9b5A')`,
  })
  const guide = startGuide(t, root, { rows: 40 })
  const screen = await guide.until('All checks pass.')
  t.match(screen, /^█+░+ 1 of 3 passed$/m)
  t.match(screen, 'Your code printed:\n  over\\u000dthe top')
  t.equal(guide.title(), '')
})
