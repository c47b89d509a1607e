import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { readProgress, writeProgress } from '../../../../tutor/journey/progress.ts'
import { temporaryFolder } from '../../../support/folder.ts'
import { write } from '../made-up-course.ts'

const file = 'my/progress.json'
const progress = {
  version: 1 as const,
  current: '02-go-on',
  lessons: { '01-begin': 'passed' as const },
  hints: { '01-begin': 2 },
}

t.test('what was written is read again', async (t) => {
  const root = temporaryFolder(t)
  t.same(readProgress(root), {}, 'at first there is none')
  writeProgress(root, progress)
  t.same(readProgress(root), { progress })
  t.same(readdirSync(join(root, 'my')), ['progress.json'], 'and nothing else lies about')
})

t.test('lessons that this course does not have are kept', async (t) => {
  const lessons = { '01-begin': 'passed', '99-from-another-branch': 'skipped' }
  const root = temporaryFolder(t, {
    my: { 'progress.json': JSON.stringify({ version: 1, lessons }) },
  })
  t.same(readProgress(root).progress?.lessons, lessons)
})

t.test('a mark before the text, as some editors write it, does no harm', async (t) => {
  const root = temporaryFolder(t, { my: { 'progress.json': `\uFEFF${JSON.stringify(progress)}` } })
  t.same(readProgress(root), { progress })
})

t.test('an entry of an unknown kind is dropped, and costs no other', async (t) => {
  const lessons = { '01-begin': 'passed', '02-go-on': 'perhaps', '03-end': 1 }
  const hints = { '01-begin': 2, '02-go-on': -2, '03-end': 1.5, '04-more': 'two' }
  const odd = { version: 1, current: 7, lessons, hints }
  const root = temporaryFolder(t, { my: { 'progress.json': JSON.stringify(odd) } })
  t.same(readProgress(root), {
    progress: {
      version: 1,
      current: undefined,
      lessons: { '01-begin': 'passed' },
      hints: { '01-begin': 2 },
    },
  })
})

t.test('what is no file is not opened', async (t) => {
  const root = temporaryFolder(t)
  mkdirSync(join(root, file), { recursive: true })
  t.throws(() => readProgress(root), { code: 'EISDIR', path: join(root, file) })
})

t.test('a damaged file is put aside, never written over', async (t) => {
  const whole = JSON.stringify(progress)
  const damaged = {
    'an empty one': '',
    null: 'null',
    'half of one': whole.slice(0, whole.length / 2),
    'a list': '[]',
    'no version': whole.replace('"version":1,', ''),
    'version 0': whole.replace('"version":1', '"version":0'),
    'a version in letters': whole.replace('"version":1', '"version":"2"'),
    'lessons that are a list': whole.replace(/"lessons":\{.*?\}/, '"lessons":[1]'),
    'zero bytes': '\0'.repeat(100),
  }
  for (const [what, text] of Object.entries(damaged))
    t.test(what, async (t) => {
      const root = temporaryFolder(t, { my: { 'progress.json': text } })
      const { progress, notice = '' } = readProgress(root)
      t.equal(progress, undefined)
      const [kept = ''] = readdirSync(join(root, 'my'))
      t.match(kept, /^progress\.damaged-\d+\.json$/)
      t.equal(readFileSync(join(root, 'my', kept), 'utf8'), text)
      t.equal(
        notice,
        `my/progress.json could not be read. It is kept as my/${kept}. Your exercises are untouched: npm run learn check N marks lesson N as passed again.`,
      )
    })
})

t.test('a file of a newer guide stops this one, and stays as it is', async (t) => {
  const root = temporaryFolder(t)
  const newer = '{ "version": 2, "lessons": ["another form"] }'
  write(root, file, newer)
  t.throws(() => readProgress(root), {
    message:
      'Cannot continue: my/progress.json was written by a newer guide. Update this repository with git pull, or move the file away.',
  })
  t.same(readdirSync(join(root, 'my')), ['progress.json'])
  t.equal(readFileSync(join(root, file), 'utf8'), newer)
})
