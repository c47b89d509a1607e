import { spawnSync } from 'node:child_process'
import fs, {
  closeSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import {
  attemptFile,
  beginAttempt,
  isTouched,
  readAttempt,
  resetAttempt,
} from '../../../../tutor/journey/attempt.ts'
import { exercise, lessonOf, madeUpCourse, write } from '../made-up-course.ts'

const mine = '// mine\n'
const onWindows = (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`
const file = 'my/01-begin/exercise.ts'

/** Until the test ends, a file takes a few bytes and no more. */
function fillDisk(t: Test): void {
  const { writeFileSync } = fs
  fs.writeFileSync = (path, content, options) => {
    writeFileSync(path, `${content}`.slice(0, 7), options)
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
  }
  syncBuiltinESMExports()
  t.teardown(() => {
    fs.writeFileSync = writeFileSync
    syncBuiltinESMExports()
  })
}

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
})

t.test('readAttempt() gives the text as every system would write it', async (t) => {
  const root = madeUpCourse(t, { [file]: onWindows(exercise) })
  t.equal(readAttempt(root, lessonOf(root)), exercise)
})

t.test('resetAttempt()', async (t) => {
  t.test('keeps nothing of what is only saved anew on Windows', async (t) => {
    const root = madeUpCourse(t, { [file]: onWindows(exercise) })
    t.equal(resetAttempt(root, lessonOf(root)), undefined)
    t.same(readdirSync(join(root, 'my/01-begin')), ['exercise.ts'])
  })
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
  write(root, file, onWindows(exercise))
  t.equal(isTouched(root, lesson), false, 'and saved on Windows')
  write(root, file, mine)
  t.equal(isTouched(root, lesson), true)
})

t.test('a full disk', async (t) => {
  t.test('leaves no half exercise', async (t) => {
    const root = madeUpCourse(t)
    fillDisk(t)
    t.throws(() => beginAttempt(root, lessonOf(root)), { code: 'ENOSPC' })
    t.same(readdirSync(join(root, 'my/01-begin')), [])
  })
  t.test('leaves the attempt where it is', async (t) => {
    const root = madeUpCourse(t, { [file]: mine })
    fillDisk(t)
    t.throws(() => resetAttempt(root, lessonOf(root)), { code: 'ENOSPC' })
    t.equal(readAttempt(root, lessonOf(root)), mine)
    t.same(readdirSync(join(root, 'my/01-begin')), ['exercise.ts'])
  })
})

t.test('what stands where a new copy is written first', async (t) => {
  const root = madeUpCourse(t, { [file]: mine, 'elsewhere.ts': mine })
  const fresh = join(root, `${file}.${process.pid}.new`)
  t.test('a link is not followed', async (t) => {
    symlinkSync(join(root, 'elsewhere.ts'), fresh)
    resetAttempt(root, lessonOf(root))
    t.equal(readFileSync(join(root, 'elsewhere.ts'), 'utf8'), mine)
    t.equal(lstatSync(join(root, file)).isFile(), true)
  })
  t.test('a pipe is not waited for', { skip: process.platform === 'win32' }, async (t) => {
    write(root, file, '// again')
    spawnSync('mkfifo', [fresh])
    const reader = openSync(fresh, constants.O_RDONLY | constants.O_NONBLOCK) // else a mistake hangs
    t.teardown(() => closeSync(reader))
    t.equal(resetAttempt(root, lessonOf(root)), 'my/01-begin/exercise.old-2.ts')
    t.equal(readAttempt(root, lessonOf(root)), exercise)
  })
})
