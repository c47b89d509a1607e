import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { attemptFile, beginAttempt, readAttempt, resetAttempt } from '../../../tutor/attempt.ts'
import { exercise, lessonOf, madeUpCourse, write } from './made-up-course.ts'

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
  t.test('writes the settings for the editor, once', async (t) => {
    const root = madeUpCourse(t)
    beginAttempt(root, lessonOf(root))
    const settings = join(root, 'my/tsconfig.json')
    t.hasStrict(JSON.parse(readFileSync(settings, 'utf8')), { extends: '../tsconfig.json' })
    write(root, 'my/tsconfig.json', '{}')
    beginAttempt(root, lessonOf(root, 2))
    t.equal(readFileSync(settings, 'utf8'), '{}')
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

t.test('a full disk', { skip: !existsSync('/dev/full') && 'there is no /dev/full' }, async (t) => {
  t.test('leaves no half exercise', async (t) => {
    const root = madeUpCourse(t)
    write(root, 'my/tsconfig.json', '{}')
    mkdirSync(join(root, 'my/01-begin'))
    symlinkSync('/dev/full', join(root, `${file}.new`))
    t.throws(() => beginAttempt(root, lessonOf(root)), { code: 'ENOSPC' })
    t.equal(readAttempt(root, lessonOf(root)), undefined)
  })
  t.test('leaves the attempt where it is', async (t) => {
    const root = madeUpCourse(t, { [file]: mine })
    symlinkSync('/dev/full', join(root, `${file}.new`))
    t.throws(() => resetAttempt(root, lessonOf(root)), { code: 'ENOSPC' })
    t.equal(readAttempt(root, lessonOf(root)), mine)
  })
})
