import { mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { environment } from '../../support/environment.ts'
import { keys } from '../../support/screen.ts'
import { answer, exercise, madeUpCourse, write } from './made-up-course.ts'
import { judgedGuide, noFileEvents, quickJudge, startGuide } from './made-up-guide.ts'

const file = 'my/01-begin/exercise.ts'
const wrong = exercise.replace('return n', 'return 7')

t.test('an editor that writes a new file and renames it', async (t) => {
  const { root, guide } = await judgedGuide(t)
  for (const [text, seen] of [
    [answer, 'All checks pass.'],
    [wrong, '✗ nothing stays nothing'],
  ] as const) {
    write(root, `${file}.swp`, text)
    renameSync(join(root, `${file}.swp`), join(root, file))
    t.ok(await guide.until(seen))
  }
})

t.test('where a save cannot be judged, no verdict of before stands beside that', async (t) => {
  let isThere = true
  const judge: typeof quickJudge = (...given) =>
    isThere ? quickJudge(...given) : Promise.reject(new Error('TypeScript was killed'))
  const { root, guide } = await judgedGuide(t, { judge })
  isThere = false
  write(root, file, answer)
  t.notMatch(await guide.until('TypeScript was killed'), '✗')
})

t.test('an exercise that is renamed or deleted', async (t) => {
  const { root, guide } = await judgedGuide(t)
  const gone = 'my/01-begin/exercise.ts is gone. Put it back, or press r for a new copy.'
  const path = join(root, file)

  t.test('the guide says so, and what to do', async (t) => {
    renameSync(path, `${path}.away`)
    t.notMatch(await guide.until(gone), '✗')
  })
  t.test('it can be put back', async (t) => {
    write(root, file, answer)
    t.notMatch(await guide.until('All checks pass.'), 'is gone')
  })
  t.test('or a new copy be made', async (t) => {
    rmSync(path)
    await guide.until(gone)
    guide.press('r')
    await guide.until('once more')
    guide.press('r')
    t.match(await guide.until('✗ doubles a number'), 'The exercise is as it was in the beginning.')
  })
  t.test('even when its whole folder has gone', async (t) => {
    rmSync(join(root, 'my'), { recursive: true })
    await guide.until(gone)
    guide.press('r')
    await guide.until('once more')
    guide.press('r')
    await guide.until('✗ doubles a number')
    write(root, file, answer)
    t.ok(await guide.until('All checks pass.'))
  })
})

t.test('a page that cannot be shown any more', async (t) => {
  const { root, guide } = await judgedGuide(t)
  const compare = async () => {
    write(root, file, answer)
    await guide.until('All checks pass.')
    guide.press('d')
    await guide.until('+ lessons/01-begin/solution.ts')
  }
  t.test('the comparison, when the exercise has gone: the lesson', async (t) => {
    await compare()
    rmSync(join(root, file))
    const screen = await guide.until(`${file} is gone.`)
    t.match(screen, /^1\. Begin$/m)
    t.notOk(screen.includes('+ lessons'))
  })
  t.test('the comparison, when the solution has gone: the guide says so and goes on', async (t) => {
    await compare()
    rmSync(join(root, 'lessons/01-begin/solution.ts'))
    guide.resize(90, 40)
    t.match(await guide.until('Cannot use lessons/01-begin/solution.ts'), /^1\. Begin$/m)
    guide.press('l')
    t.ok(await guide.until('▸ you are here'))
  })
  t.test('the report, when the checks are a folder now', async (t) => {
    const { root, guide } = await judgedGuide(t)
    rmSync(join(root, 'lessons/01-begin/check.ts'))
    mkdirSync(join(root, 'lessons/01-begin/check.ts'))
    guide.resize(90, 40)
    t.match(await guide.until((screen) => !screen.includes('✗')), /^1\. Begin$/m)
  })
})

t.test('the exercise as shipped, changed by mistake', async (t) => {
  const { root, guide } = await judgedGuide(t)
  write(root, 'lessons/01-begin/exercise.ts', answer)
  t.ok(
    await guide.until(
      'lessons/01-begin/exercise.ts has changed. The checks look at your copy:\nmy/01-begin/exercise.ts',
    ),
  )
})

t.test('a progress that is damaged meanwhile', async (t) => {
  const { root, guide } = await judgedGuide(t)
  write(root, 'my/progress.json', '{')
  write(root, file, answer)
  const screen = await guide.until('All checks pass.')
  t.match(screen, /^my\/progress\.json could not be read\. It is kept as/m)
})

t.test('r asks anew when a save has taken its question off the screen', async (t) => {
  const { root, guide } = await judgedGuide(t)
  guide.press('r')
  await guide.until('once more')
  write(root, file, wrong)
  await guide.until('✗ nothing stays nothing')
  guide.press('r')
  t.match(await guide.until(/once more|A new copy/), 'Press r once more')
  t.equal(readFileSync(join(root, file), 'utf8'), wrong)
})

t.test('a loop that does not end', async (t) => {
  const { root, guide } = await judgedGuide(t)
  write(root, file, 'for (;;) {}\nexport const double = (n: number) => n\n')
  t.ok(await guide.until(/^checking … \d s \(up to 10 for each check\)$/m), 'the guide counts')
  write(root, file, answer)
  const screen = await guide.until('All checks pass.')
  t.notOk(screen.includes('checking'))
})

t.test('of several saves the last one is judged', async (t) => {
  const { root, guide } = await judgedGuide(t)
  write(root, file, 'for (;;) {}\nexport const double = 1\n')
  await guide.until('checking …')
  write(root, file, wrong)
  write(root, file, answer)
  const screen = await guide.until(
    (screen) => /All checks pass/.test(screen) && !/checking/.test(screen),
  )
  t.notMatch(screen, '✗', 'nobody waits for the loop of the first one')
})

t.test('a save while a check runs counts, and so does a key', async (t) => {
  const { root, guide } = await judgedGuide(t)
  write(root, file, 'for (;;) {}\n')
  await guide.until('checking …')
  guide.press('l')
  await guide.until('▸ ·  1  Begin')
  guide.press('n')
  await guide.until(/^2\. Go on$/m)
  t.match(await guide.until('✗ doubles a number'), /^░+ 0 of 3 passed$/m, 'nothing has passed')
})

t.test('where no file events arrive', async (t) => {
  environment(t, noFileEvents)
  const { root, guide } = await judgedGuide(t)
  write(root, file, answer)
  t.notMatch(await guide.until('All checks pass.'), 'No file events', 'one event may be late')
  write(root, file, wrong)
  const screen = await guide.until('✗ doubles a number')
  t.match(screen, /^No file events arrive here, so your file itself is looked at/m)
})

t.test('--manual: Enter checks, and nothing else', async (t) => {
  const root = madeUpCourse(t)
  const guide = startGuide(t, root, { args: ['--manual'], rows: 40 })
  t.notMatch(await guide.until(/^Enter check · h hint/m), 'checking')
  write(root, file, answer)
  guide.press('h')
  t.notMatch(await guide.until('Hint 1'), /[✓✗]|checking/)
  guide.press(keys.enter)
  t.ok(await guide.until('All checks pass.'))
  guide.press('n')
  t.notMatch(await guide.until(/^2\. Go on$/m), 'checking')
})

t.test('Enter checks again what has not changed', async (t) => {
  const guide = startGuide(t, madeUpCourse(t), { rows: 14 })
  await guide.until(/lines 1 to \d+ of [2-9]\d/)
  guide.press(keys.enter)
  t.ok(await guide.until(/^✗.*lines \d/s), 'who asked for it sees what came of it')
})
