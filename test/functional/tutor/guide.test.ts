import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { keys } from '../../support/screen.ts'
import { answer, exercise, madeUpCourse, write } from './made-up-course.ts'
import { judgedGuide, learn, progressOf, startGuide } from './made-up-guide.ts'

t.test('a learner goes through the course', async (t) => {
  const root = madeUpCourse(t)
  const guide = startGuide(t, root, { rows: 40 })
  const file = 'my/01-begin/exercise.ts'

  t.test('the first screen says where, what to read, and what to change', async (t) => {
    const screen = await guide.until('After this lesson')
    t.match(screen, /^░+ 0 of 3 passed\n\n1\. Begin\nAfter this lesson you can do number 1/)
    t.match(screen, /^read {4}lessons\/01-begin\/README\.md$/m)
    t.match(screen, /^Your copy is ready: my\/01-begin\/exercise\.ts$/m)
    t.match(
      screen,
      /^Keep this open\. Edit in your editor, and type other commands in a second\nterminal\.$/m,
    )
    t.match(
      screen,
      /^h hint · n next · b back · o open · w web · l list · r reset · d diff · q quit$/m,
    )
  })

  t.test('the exercise as shipped fails, with the line that decided', async (t) => {
    const screen = await guide.until('> 8')
    t.match(screen, /^✗ doubles a number\n\n {2}call {6}double\(2\)\n {2}answer {4}2$/m)
    t.match(screen, /^ {2}> 8 {4}assert\.equal\(double\(2\), 4, 'double\(2\)'\)$/m)
  })

  t.test('a save is judged', async (t) => {
    write(root, file, exercise.replace('return n', 'return Math.abs(n) * 2'))
    const screen = await guide.until(/^✗ doubles what is below zero$/m)
    t.match(screen, /^ {2}answer {4}6\n {2}expected {2}-6$/m)
    t.notMatch(screen, /Your copy is ready|Keep this open/)
  })

  t.test('hints come one by one', async (t) => {
    guide.press('h')
    t.notMatch(await guide.until('Hint 1 of 3: what you are looking at'), 'Hint 2')
    guide.press('hh')
    await guide.until('Hint 3 of 3: where to read')
    guide.press('h')
    await guide.until('There are no more hints. The page says more: lessons/01-begin/README.md')
  })

  t.test('the solution is not shown before all checks pass', async (t) => {
    guide.press('d')
    t.ok(await guide.until('d compares your answer with the solution, once all checks pass.'))
  })

  t.test('when all pass: it is written down, and the next lesson is named', async (t) => {
    write(root, file, answer)
    const screen = await guide.until('All checks pass.')
    t.match(screen, /^█{10}░{20} 1 of 3 passed$/m)
    t.match(
      screen,
      /^ {2}You have done number 1\.\n\nYour answer beside ours: press d\nNext: 2\. Go on, 5 minutes: press n$/m,
    )
    t.notMatch(screen, 'Hint', 'the hints are done with')
    t.same(progressOf(root).lessons, { '01-begin': 'passed' })
  })

  t.test('d compares with the solution, and d goes back', async (t) => {
    guide.press('d')
    const screen = await guide.until('- my/01-begin/exercise.ts')
    t.match(screen, /^\+ export const double = \(n: number\): number => n \+ n$/m)
    guide.press('d')
    await guide.until('All checks pass.')
  })

  t.test('n: the next lesson', async (t) => {
    guide.press('n')
    await guide.until(/^2\. Go on$/m)
    await guide.until('✗ doubles a number')
    t.equal(progressOf(root).current, '02-go-on')
  })

  t.test('b: back to the one before', async (t) => {
    guide.press('b')
    await guide.until(/^1\. Begin$/m)
    t.ok(await guide.until('All checks pass.'), 'which is judged again')
    guide.press('b')
    t.ok(await guide.until('This is the first lesson.'))
    guide.press('n')
    await guide.until(/^2\. Go on$/m)
  })

  t.test('n before all pass: written down as skipped', async (t) => {
    guide.press('n')
    await guide.until(/^3\. Come to the end$/m)
    t.same(progressOf(root).lessons, { '01-begin': 'passed', '02-go-on': 'skipped' })
  })

  t.test('l: all lessons, and l goes back', async (t) => {
    guide.press('l')
    const screen = await guide.until('✓ passed  ↷ skipped')
    t.match(
      screen,
      /^ {2}✓ {2}1 {2}Begin .*\n {2}↷ {2}2 {2}Go on .*\n▸ · {2}3 {2}Come to the end /m,
    )
    t.match(screen, /^Enter or l: back to the lesson$/m)
    for (const key of ['l', keys.enter, keys.escape]) {
      guide.press(key)
      await guide.until(/^3\. Come to the end$/m)
      guide.press('l')
      await guide.until('▸ you are here')
    }
    guide.press('\x1br')
    await guide.until(/^3\. Come to the end$.*^Press r once more/ms)
  })

  t.test('the last lesson ends with what is still open', async (t) => {
    write(root, 'my/03-come-to-the-end/exercise.ts', answer)
    const screen = await guide.until('All checks pass.')
    t.match(
      screen,
      'That was the last lesson. You passed 2 of 3. Still open:\n  2. Go on: npm run learn 2',
    )
  })

  t.test('and when nothing is open: with what was achieved', async (t) => {
    guide.press('b')
    await guide.until(/^2\. Go on$/m)
    write(root, 'my/02-go-on/exercise.ts', answer)
    await guide.until('3 of 3 passed')
    guide.press('nn')
    const screen = await guide.until('You have passed all 3 lessons. You can now')
    t.match(screen, /^ {2}- do number 2, and say why\.$/m)
  })

  t.test('Enter leads back to the lesson', async (t) => {
    guide.press(keys.enter)
    t.ok(await guide.until(/^3\. Come to the end$/m))
  })

  t.test('r asks first; then the attempt is kept beside a new copy', async (t) => {
    const folder = 'my/03-come-to-the-end'
    guide.press('r')
    await guide.until(
      /^Press r once more to begin lesson 3 again\. Your attempt is kept beside the new\ncopy\.$/m,
    )
    t.same(readdirSync(join(root, folder)), ['exercise.ts'])
    guide.press('x')
    await guide.until((screen) => !screen.includes('once more'))
    guide.press('r')
    await guide.until('once more')
    guide.press('r')
    await guide.until(`A new copy is ready. Your attempt is kept as\n${folder}/exercise.old-1.ts.`)
    t.equal(readFileSync(join(root, folder, 'exercise.ts'), 'utf8'), exercise)
    t.equal(readFileSync(join(root, folder, 'exercise.old-1.ts'), 'utf8'), answer)
    await guide.until('✗ doubles a number')
    t.equal(progressOf(root).lessons['03-come-to-the-end'], 'passed', 'what passed stays passed')
  })

  t.test('q: it ends, and says how to go on', async (t) => {
    guide.press('q')
    t.equal(await guide.exitCode, 0)
    t.match(guide.screen(), /^Your progress is kept\. Go on with: npm run learn$/m)
  })

  t.test('the next start goes on where this one ended', async (t) => {
    const again = startGuide(t, root, { rows: 40 })
    await again.until(/^3\. Come to the end$/m)
    t.match(again.screen(), '3 of 3 passed')
  })
})

t.test('commands in a second terminal do not move an open guide', async (t) => {
  const { root, guide } = await judgedGuide(t, { args: ['2'] })

  t.test('a command with a number moves the place for the commands', async (t) => {
    await learn(root, ['check', '1'])
    t.equal(progressOf(root).current, '01-begin')
  })
  t.test('the verdict of a save brings it back', async (t) => {
    write(root, 'my/02-go-on/exercise.ts', exercise.replace('return n', 'return 7'))
    await guide.until('✗ nothing stays nothing')
    t.equal(progressOf(root).current, '02-go-on')
  })
  t.test('and so does leaving', async (t) => {
    await learn(root, ['check', '1'])
    guide.press('q')
    await guide.exitCode
    t.equal(progressOf(root).current, '02-go-on')
  })
})

t.test('what passes in a second terminal is in the list of the guide', async (t) => {
  const { root, guide } = await judgedGuide(t, { files: { 'my/02-go-on/exercise.ts': answer } })
  await learn(root, ['check', '2'])
  guide.press('l')
  t.ok(await guide.until(/1 of 3 passed(.|\n)*✓ {2}2 {2}Go on/))
})

t.test('the lesson, deleted by mistake: it is said how it comes back', async (t) => {
  const { root, guide } = await judgedGuide(t)
  rmSync(join(root, 'lessons/01-begin'), { recursive: true })
  t.ok(await guide.until('lessons/01-begin/exercise.ts is gone. Put it back: git restore lessons'))
})

t.test('o where nothing can open a page: its path', async (t) => {
  const env = { PATH: '/nowhere', TERM_PROGRAM: 'vscode' }
  const { guide } = await judgedGuide(t, { env })
  guide.press('o')
  const page = 'lessons/01-begin/README.md'
  t.ok(await guide.until(`Nothing here can open the page. Open it in your editor:\n${page}`))
})

t.test('w: the course on a page, until the guide ends', async (t) => {
  const { guide } = await judgedGuide(t, { env: { PATH: '/nowhere' } })
  guide.press('w')
  const screen = await guide.until(/The lesson is on a page: http.*01-begin/)
  const [url = ''] = /http:\/\/localhost:\d+\/lessons\/01-begin/.exec(screen) ?? []
  t.match(await (await fetch(url)).text(), '<h1 id="1-begin">1. Begin</h1>')
  guide.press('w')
  guide.press('q')
  t.equal(await guide.exitCode, 0)
  await t.rejects(fetch(url))
})
