import t from 'tap'
import { keys } from '../../../support/screen.ts'
import { answer, exercise, madeUpCourse, write } from '../made-up-course.ts'
import { type MadeUpGuide, progressOf, startGuide } from '../made-up-guide.ts'

const long = 'a promise with many words, so many that no narrow window holds them in one line'
const check = `import assert from 'node:assert/strict'
export default {
  '${long}'({ double }) {
    assert.equal(double(2), '${'x'.repeat(300)}', 'double(2) and then '.repeat(20))
  },
}
`

/** Looks at every line of a page that does not change by itself, and tells whether all of them fit. */
async function fits(guide: MadeUpGuide): Promise<boolean> {
  if (!/lines \d/.test(guide.screen())) return !guide.overflows()
  guide.press(keys.home)
  for (let line = 1; ; line += 1) {
    const screen = await guide.until(`lines ${line} to `)
    if (guide.overflows()) return false
    if (/to (\d+) of \1 /.test(screen)) return true
    guide.press(keys.down)
  }
}

t.test('leaving', async (t) => {
  const root = madeUpCourse(t, { 'my/01-begin/exercise.ts': answer })
  const ways = {
    ...{ q: 'q', 'Ctrl-C': keys.ctrlC, 'Ctrl-D': keys.ctrlD },
    ...{ SIGINT: undefined, SIGTERM: undefined, SIGHUP: undefined, SIGQUIT: undefined },
  }
  for (const [what, key] of Object.entries(ways))
    t.test(`by ${what}: the terminal is put in order, and the progress is kept`, async (t) => {
      const guide = startGuide(t, root, { rows: 40 })
      await guide.until('All checks pass.')
      t.same([guide.isRaw(), guide.modes().bracketedPaste], [true, true])
      if (key === undefined) process.emit(what as NodeJS.Signals)
      else guide.press(key)
      t.equal(await guide.exitCode, 0)
      t.match(guide.screen(), /^Your progress is kept\. Go on with: npm run learn$/m)
      t.equal(guide.isRaw(), false)
      t.same(guide.modes(), { bracketedPaste: false, alternateScreen: false, cursorHidden: false })
      t.same(progressOf(root).lessons, { '01-begin': 'passed' })
    })
})

t.test('every screen appears at once, also where it comes in parts', async (t) => {
  const guide = startGuide(t, madeUpCourse(t))
  await guide.until('✗')
  const before = guide.draws()
  t.ok(before > 0)
  for (const [key, seen] of [
    ['l', '▸ you are here'],
    [keys.escape, '✗'],
    ['h', 'Hint 1'],
  ] as const) {
    guide.press(key)
    await guide.until(seen)
  }
  t.equal(guide.draws(), before + 3, 'and once for each key')
})

t.test('40 columns and 30 rows', async (t) => {
  const root = madeUpCourse(t, { 'lessons/01-begin/check.ts': check })
  const guide = startGuide(t, root, { columns: 40, rows: 30 })

  t.test('the first screen begins at its top', async (t) => {
    t.match(await guide.until('lines 1 to'), /^░+ 0 of 3 passed\n/)
    write(root, 'my/01-begin/exercise.ts', exercise.replace('TODO', 'later'))
  })
  t.test('after a save, what matters is in sight, with the keys', async (t) => {
    const screen = await guide.until(/^✗ a promise.*lines \d/s)
    t.match(screen, /^✗ a promise with many words, so many\n {2}that/)
    t.match(
      screen,
      /^h hint · n next · b back · o open ·\nw web · l list · r reset · d diff ·\nq quit$/m,
    )
    t.match(screen, /^ {12}x{28}$/m, 'a full line keeps its end')
  })
  for (const [key, seen] of Object.entries({
    h: 'Hint 1',
    l: '▸ you are here',
    r: 'once more',
    d: 'd compares',
    n: /^2\. Go on$.*lines 1 to/ms, // with its verdict: before that, all of it is in sight
  }))
    t.test(`no line is wider after ${key}`, async (t) => {
      guide.press(key)
      await guide.until(seen)
      t.ok(await fits(guide))
      t.ok(guide.screen().split('\n').length <= 30)
    })
})

t.test('a screen that is too small for the report', async (t) => {
  const root = madeUpCourse(t)
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
  const root = madeUpCourse(t)
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
    const keys = columns === 40 ? 'o open ·\nw web · l list' : 'o open · w web · l list'
    const drawn = (screen: string) =>
      screen.split('\n').length <= rows &&
      screen.includes('✗ doubles a number') &&
      screen.includes(keys) &&
      screen.split('h hint').length === 2 && // they stand there once
      screen.endsWith('q quit')
    t.ok(await guide.until(drawn), `${columns} columns, ${rows} rows`)
  }
})

t.test('a window that says it has no size', async (t) => {
  const guide = startGuide(t, madeUpCourse(t), { rows: 0, columns: 0 })
  t.match(
    await guide.until('✗'),
    /^h hint · n next · b back · o open · w web · l list · r reset · d diff · q quit$/m,
  )
})

t.test('a token that is pasted by mistake presses no key', async (t) => {
  const root = madeUpCourse(t)
  const guide = startGuide(t, root)
  await guide.until('✗')
  guide.press('\x1b[200~eyJhbGciOiJub25lIn0.nnnqrr.\x1b[201~')
  guide.press('h')
  await guide.until('Hint 1')
  guide.press('q')
  await guide.exitCode
  t.hasStrict(progressOf(root), {
    version: 1,
    current: '01-begin',
    lessons: {},
    hints: { '01-begin': 1 },
  })
})

t.test('nothing that the exercise prints reaches the terminal as a command', async (t) => {
  const printed = '\x1b[2J\x1b[1;1H\x1b]0;title\x07over\rthe top\x9b5A\u3164\u034f\ufe0f'
  const judge = async () => ({ kind: 'passed', results: [], text: answer, printed }) as const
  const guide = startGuide(t, madeUpCourse(t), { rows: 40, judge })
  const screen = await guide.until('All checks pass.')
  t.match(screen, /^█+░+ 1 of 3 passed$/m)
  t.match(screen, /^ {2}over\\u000dthe top\\u3164\\u034f\\ufe0f$/m)
  t.equal(guide.title(), '')
})
