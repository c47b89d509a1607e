import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import {
  attemptFile,
  beginAttempt,
  isTouched,
  readAttempt,
  resetAttempt,
} from '../../../../tutor/journey/attempt.ts'
import { exercise, lessonOf, madeUpCourse, write } from '../made-up-course.ts'

const mine = '// mine\n'
const file = 'my/01-begin/exercise.ts'

t.test('beginAttempt()', async (t) => {
  t.test('makes a copy of the exercise, once', async (t) => {
    const root = madeUpCourse(t)
    const lesson = lessonOf(root)
    t.equal(readAttempt(root, lesson), undefined)
    t.equal(beginAttempt(root, lesson), true)
    t.equal(readAttempt(root, lesson), exercise)
    t.equal(beginAttempt(root, lesson), false)
    t.equal(attemptFile(lesson), file)
    t.same(readdirSync(join(root, 'my/01-begin')), ['exercise.ts'], 'and nothing else')
  })
  t.test('never writes over what the learner wrote', async (t) => {
    const root = madeUpCourse(t, { [file]: mine })
    t.equal(beginAttempt(root, lessonOf(root)), false)
    t.equal(readAttempt(root, lessonOf(root)), mine)
  })
  t.test('writes the settings for the editor, also over those of an older guide', async (t) => {
    const root = madeUpCourse(t)
    beginAttempt(root, lessonOf(root))
    const settings = join(root, 'my/tsconfig.json')
    const written = readFileSync(settings, 'utf8')
    t.hasStrict(JSON.parse(written), { extends: '../tsconfig.json' })
    write(root, 'my/tsconfig.json', '{}')
    beginAttempt(root, lessonOf(root, 2))
    t.equal(readFileSync(settings, 'utf8'), written)
  })
  t.test('says that a link which leads nowhere stands in the way', async (t) => {
    const root = madeUpCourse(t)
    symlinkSync(join(root, 'nowhere/at/all'), join(root, 'my'))
    t.throws(() => beginAttempt(root, lessonOf(root)), { code: 'EEXIST', path: join(root, 'my') })
  })
})

t.test('resetAttempt()', async (t) => {
  t.test('keeps each attempt beside the new copy, with a number that goes up', async (t) => {
    const root = madeUpCourse(t, { [file]: mine })
    const lesson = lessonOf(root)
    t.equal(resetAttempt(root, lesson), 'my/01-begin/exercise.old-1.ts')
    t.equal(readAttempt(root, lesson), exercise)
    t.equal(readFileSync(join(root, 'my/01-begin/exercise.old-1.ts'), 'utf8'), mine)
    write(root, 'my/01-begin/exercise.old-9.ts', '')
    write(root, file, '// again')
    t.equal(resetAttempt(root, lesson), 'my/01-begin/exercise.old-10.ts')
  })
  t.test('never takes the name of one that is kept, however odd its number', async (t) => {
    const root = madeUpCourse(t, { [file]: mine })
    const huge = `exercise.old-${'9'.repeat(400)}.ts`.slice(0, 250)
    const names = [huge, 'exercise.old-Infinity.ts', 'exercise.old-999999.ts']
    for (const name of [...names, 'exercise.old-1000000.ts'])
      write(root, `my/01-begin/${name}`, 'kept')
    t.equal(resetAttempt(root, lessonOf(root)), 'my/01-begin/exercise.old-1000001.ts')
    write(root, file, '// again')
    t.equal(resetAttempt(root, lessonOf(root)), 'my/01-begin/exercise.old-1000002.ts')
    for (const name of names) t.equal(readFileSync(join(root, 'my/01-begin', name), 'utf8'), 'kept')
  })
  t.test('keeps nothing of a copy that nobody has touched', async (t) => {
    const root = madeUpCourse(t, { [file]: exercise })
    t.equal(resetAttempt(root, lessonOf(root)), undefined)
    t.same(readdirSync(join(root, 'my/01-begin')), ['exercise.ts'])
  })
  t.test('makes a copy where there was none', async (t) => {
    const root = madeUpCourse(t)
    t.equal(resetAttempt(root, lessonOf(root)), undefined)
    t.equal(readAttempt(root, lessonOf(root)), exercise)
  })
  t.test('leaves the attempt where it is when no new copy can be made', async (t) => {
    const root = madeUpCourse(t, { [file]: mine })
    const lesson = lessonOf(root)
    rmSync(join(root, 'lessons/01-begin/exercise.ts'))
    t.throws(() => resetAttempt(root, lesson), { code: 'ENOENT' })
    t.equal(readAttempt(root, lesson), mine)
    t.notOk(existsSync(join(root, 'my/01-begin/exercise.old-1.ts')))
  })
})

t.test('what is no exercise is not opened', async (t) => {
  const root = madeUpCourse(t)
  const lesson = lessonOf(root)
  const path = join(root, file)
  const cases = {
    EISDIR: () => mkdirSync(path, { recursive: true }),
    EFBIG: () => write(root, file, ' '.repeat(1_000_001)),
    NOT_A_FILE: () => spawnSync('mkfifo', [path]),
  }
  for (const [code, make] of Object.entries(cases))
    t.test(code, { skip: process.platform === 'win32' }, async (t) => {
      rmSync(path, { recursive: true, force: true })
      make()
      t.throws(() => readAttempt(root, lesson), { code, path })
      t.throws(() => resetAttempt(root, lesson), { code, path })
      t.equal(isTouched(root, lesson), true)
    })
})

t.test('isTouched()', async (t) => {
  const root = madeUpCourse(t)
  const lesson = lessonOf(root)
  t.equal(isTouched(root, lesson), false, 'there is none')
  beginAttempt(root, lesson)
  t.equal(isTouched(root, lesson), false, 'as it was shipped')
  write(root, file, mine)
  t.equal(isTouched(root, lesson), true)
})

t.test('a full disk', { skip: !existsSync('/dev/full') && 'there is no /dev/full' }, async (t) => {
  t.test('leaves no half exercise', async (t) => {
    const root = madeUpCourse(t)
    mkdirSync(join(root, 'my/01-begin'), { recursive: true })
    symlinkSync('/dev/full', join(root, `${file}.${process.pid}.new`))
    t.throws(() => beginAttempt(root, lessonOf(root)), { code: 'ENOSPC' })
    t.same(readdirSync(join(root, 'my/01-begin')), [])
  })
  t.test('leaves the attempt where it is', async (t) => {
    const root = madeUpCourse(t, { [file]: mine })
    symlinkSync('/dev/full', join(root, `${file}.${process.pid}.new`))
    t.throws(() => resetAttempt(root, lessonOf(root)), { code: 'ENOSPC' })
    t.equal(readAttempt(root, lessonOf(root)), mine)
    t.same(readdirSync(join(root, 'my/01-begin')), ['exercise.ts'])
  })
})
