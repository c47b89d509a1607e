import t from 'tap'
import { keys } from '../../support/screen.ts'
import { answer, madeUpCourse, write } from './made-up-course.ts'
import { learn, progressOf, startGuide } from './made-up-guide.ts'

t.test('--plain: line after line, in words, and nothing is drawn again', async (t) => {
  const root = madeUpCourse(t)
  const guide = startGuide(t, root, { args: ['--plain'], rows: 200 })
  const type = (line: string) => guide.press(`${line}${keys.enter}`)

  t.test('the first lines say where, and which letters there are', async (t) => {
    const screen = await guide.until('This one fails too:')
    t.match(
      screen,
      /^Your copy is ready: my\/01-begin\/exercise\.ts\nKeep this open\..*\nterminal\.\n\n0 of 3 passed\n\n1\. Begin$/m,
    )
    t.match(
      screen,
      /^Type a letter and Enter: h hint · n next · .* · o open · .* ·\nr reset · d diff · q quit$/m,
    )
    t.match(screen, /^passed: nothing stays nothing\n\nfailed: doubles a number$/m)
    t.notMatch(screen, /[✓✗█░▸↷]/)
  })
  t.test('letters and words are heard', async (t) => {
    type('hint')
    t.match(await guide.until(/Hint 1 of 3: .*\n/), /^Hint 1 of 3: what you are looking at\n/m)
    type('L')
    await guide.until('1. Begin: open, you are here, 5 minutes, needs nothing')
    type('what')
    t.ok(await guide.until((screen) => screen.split('h hint').length === 3), 'or else named again')
  })
  t.test('a save is judged, and only what is new is said', async (t) => {
    write(root, 'my/01-begin/exercise.ts', answer)
    const screen = await guide.until('Next: 2. Go on, 5 minutes: press n')
    t.equal(screen.split('After this lesson').length, 2, 'the head is not said again')
  })
  t.test('next and quit', async (t) => {
    type('next')
    await guide.until(
      /^Your copy is ready: my\/02-go-on\/exercise\.ts\n\n1 of 3 passed\n\n2\. Go on$/m,
    )
    type('quit')
    t.equal(await guide.exitCode, 0)
    t.match(guide.screen(), /^Your progress is kept\. Go on with: npm run learn$/m)
    t.notOk(guide.isColored())
  })
})

t.test('the end of the input ends it', async (t) => {
  const guide = startGuide(t, madeUpCourse(t), { args: ['--plain'] })
  await guide.until('failed:')
  guide.end()
  t.equal(await guide.exitCode, 0)
})

t.test('without a terminal it looks once, and the exit code is the verdict', async (t) => {
  t.test('not right yet: 1', async (t) => {
    const root = madeUpCourse(t)
    const { code, stdout, stderr } = await learn(root)
    t.equal(stderr, '')
    t.equal(code, 1)
    t.equal(
      stdout,
      `0 of 3 passed

1. Begin
After this lesson you can do number 1, and say why.

read    lessons/01-begin/README.md
try     npm run learn demo 1
change  my/01-begin/exercise.ts
time    5 minutes

Nothing is wrong: this is how the exercise comes. Read the page first.

passed: nothing stays nothing

failed: doubles a number

  call      double(2)
  answer    2
  expected  4

  lessons/01-begin/check.ts:8
    7  'doubles a number'({ double }) {
  > 8    assert.equal(double(2), 4, 'double(2)')
    9  },

This one fails too:
  doubles what is below zero

For a hint: npm run learn hint 1
`,
    )
  })
  t.test('all pass: 0, and it is written down', async (t) => {
    const root = madeUpCourse(t, { 'my/02-go-on/exercise.ts': answer })
    const { code, stdout } = await learn(root, ['2'])
    t.equal(code, 0)
    t.match(
      stdout,
      /^All checks pass\.\n\n {2}You have done number 2\.\n\nYour answer beside ours: npm run learn diff 2\nNext: 3\. Come to the end/m,
    )
    t.same(progressOf(root).lessons, { '02-go-on': 'passed' })
  })
})

t.test('a terminal that can do nothing, and none at the output: line after line', async (t) => {
  for (const poor of [{ env: { TERM: 'dumb' } }, { isTTY: false }]) {
    const guide = startGuide(t, madeUpCourse(t), poor)
    t.match(await guide.until('failed:'), 'passed: nothing stays nothing')
    t.notOk(guide.isColored())
    guide.press(`q${keys.enter}`)
    t.equal(await guide.exitCode, 0)
  }
})
