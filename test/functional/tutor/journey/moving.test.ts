import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { pack, readPacked, unpack } from '../../../../tutor/journey/moving.ts'
import { answer, exercise, journeyIn, madeUpCourse } from '../made-up-course.ts'

const file = 'my/01-begin/exercise.ts'
const mine = {
  [file]: answer,
  'my/01-begin/exercise.old-1.ts': '// an earlier attempt\n',
  'my/02-go-on/helper.ts': '// a helper\n',
}
const read = (root: string, path: string) => readFileSync(join(root, path), 'utf8')

/** What a learner with these files would take along. */
const packed = readPacked(pack(madeUpCourse(t, mine)), 'FILE')

t.test('on a new machine everything stands where it stood', async (t) => {
  const root = madeUpCourse(t)
  const { put, kept } = unpack(root, packed)
  t.same(put.sort(), Object.keys(mine).sort())
  t.same(kept, [])
  for (const [path, text] of Object.entries(mine)) t.equal(read(root, path), text)
})

t.test('what stands there is never lost', async (t) => {
  t.test('an attempt is kept beside the one that came', async (t) => {
    const root = madeUpCourse(t, { [file]: '// other' })
    t.same(unpack(root, packed).kept, ['my/01-begin/exercise.old-2.ts'])
    t.equal(read(root, file), answer)
    t.equal(read(root, 'my/01-begin/exercise.old-1.ts'), '// an earlier attempt\n')
    t.equal(read(root, 'my/01-begin/exercise.old-2.ts'), '// other')
  })
  t.test('so is a kept one, and any other file', async (t) => {
    const root = madeUpCourse(t, {
      'my/01-begin/exercise.old-1.ts': '// kept here',
      'my/02-go-on/helper.ts': '// helps here',
    })
    t.same(unpack(root, packed).kept.sort(), [
      'my/01-begin/exercise.old-2.ts',
      'my/02-go-on/helper.old-1.ts',
    ])
    t.equal(read(root, 'my/01-begin/exercise.old-2.ts'), '// kept here')
    t.equal(read(root, 'my/02-go-on/helper.old-1.ts'), '// helps here')
  })
  t.test('but a copy that nobody has touched, and what is the same', async (t) => {
    const root = madeUpCourse(t, { [file]: exercise })
    t.same(unpack(root, packed).kept, [])
    t.same(unpack(root, packed), { put: [], kept: [] }, 'the second time there is nothing to do')
    t.same(readdirSync(join(root, 'my/01-begin')).sort(), ['exercise.old-1.ts', 'exercise.ts'])
  })
})

t.test('what is no export is refused', async (t) => {
  const made = { maker: 'learn-json-web-tokens', version: 1, files: {} }
  for (const text of ['', 'null', '{}', '[1]', JSON.stringify({ ...made, files: { a: 1 } })])
    t.throws(() => readPacked(text, 'FILE'), {
      message: 'Cannot import FILE: it was not made by npm run learn export',
    })
  t.throws(() => readPacked(JSON.stringify({ ...made, version: 2 }), 'FILE'), {
    message: /^Cannot import FILE: it was made by a newer guide\./,
  })
})

t.test(
  'a path that leads out of the folder of a lesson is refused, whatever else there is',
  async (t) => {
    for (const path of [
      '../package.json',
      '01-begin/../../package.json',
      '01-begin/..',
      '/etc/passwd',
      'C:\\01-begin\\exercise.ts',
      '01-begin\\..\\..\\package.json',
      'tsconfig.json',
      '01-begin/.npmrc',
      '01-begin/a/b.ts',
      '01-begin/exercise.ts\n',
    ]) {
      const files = { '01-begin/exercise.ts': answer, [path]: 'x' }
      const text = JSON.stringify({ maker: 'learn-json-web-tokens', version: 1, files })
      t.throws(() => readPacked(text, 'FILE'), {
        message: `Cannot import FILE: it names ${path}, which is no file of a lesson in my/`,
      })
    }
  },
)

t.test('where there is nothing yet, there is nothing to export', async (t) => {
  t.throws(() => pack(madeUpCourse(t)), {
    message: 'Cannot export: there is no exercise in my/ yet',
  })
})

t.test('whatever passed on either machine has passed', async (t) => {
  const progress = (lessons: object) => JSON.stringify({ version: 1, lessons })
  const here = madeUpCourse(t, { 'my/progress.json': progress({ '01-begin': 'passed' }) })
  journeyIn(here).add({
    version: 1,
    lessons: { '01-begin': 'skipped', '02-go-on': 'passed' },
    hints: {},
  })
  t.same(JSON.parse(read(here, 'my/progress.json')).lessons, {
    '01-begin': 'passed',
    '02-go-on': 'passed',
  })
})
