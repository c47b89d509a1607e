import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { Journey } from '../../../../tutor/journey/journey.ts'
import { temporaryFolder } from '../../../support/folder.ts'
import { journeyIn, lessonOf, madeUpCourse, slugs, write } from '../made-up-course.ts'

/** The journey through a course that nobody has begun. */
function begun(t: Test) {
  const root = madeUpCourse(t)
  return { root, journey: journeyIn(root) }
}

const file = 'my/progress.json'
const written = (root: string) => JSON.parse(readFileSync(join(root, file), 'utf8'))

t.test('where the journey goes on', async (t) => {
  t.test('at first with the first lesson', async (t) => {
    t.equal(journeyIn(madeUpCourse(t)).current.number, 1)
  })
  t.test('with the lesson that was looked at last, also after a restart', async (t) => {
    const { root, journey } = begun(t)
    journey.goTo(journey.find('2'))
    t.equal(journeyIn(root).current.number, 2)
  })
  t.test('with the first that is not passed, when that lesson is gone', async (t) => {
    const lessons = { '01-begin': 'passed' }
    const progress = JSON.stringify({ version: 1, current: '07-gone', lessons })
    t.equal(journeyIn(madeUpCourse(t, { [file]: progress })).current.number, 2)
  })
  t.test('nowhere, where there is no lesson', async (t) => {
    t.throws(() => new Journey(temporaryFolder(t), []).current, {
      message: 'Cannot begin: there is no lesson in lessons/',
    })
  })
})

t.test('find()', async (t) => {
  const root = madeUpCourse(t)
  for (const name of ['2', '02', '002', '02-go-on'])
    t.test(`${name}: lesson 2`, async (t) => {
      t.equal(journeyIn(root).find(name).number, 2)
    })
  for (const name of ['0', '4', '999999999999', '1e0', '1.0', '-1', '', ' 1', 'begin', '٢'])
    t.test(`"${name}": none`, async (t) => {
      t.throws(() => journeyIn(root).find(name), {
        message: `Cannot open lesson ${name}: there are 1 to 3. See all: npm run learn list`,
      })
    })
})

t.test('marks', async (t) => {
  t.test('a lesson left early is skipped, until it is passed after all', async (t) => {
    const { root, journey } = begun(t)
    const lesson = journey.find('1')
    t.equal(journey.markOf(lesson), 'open')
    t.equal(journey.leave(lesson)?.number, 2)
    t.equal(journey.markOf(lesson), 'skipped')
    journey.pass(lesson)
    t.same(written(root).lessons, { '01-begin': 'passed' })
  })
  t.test('a lesson that was only looked at again on the way back is not skipped', async (t) => {
    const { root, journey } = begun(t)
    for (const number of ['3', '2']) journey.goTo(journey.find(number))
    t.equal(journey.leave(journey.find('2'))?.number, 3)
    t.equal(journey.markOf(journey.find('2')), 'open')
    write(root, 'my/02-go-on/exercise.ts', '// begun')
    journey.leave(journey.find('2'))
    t.equal(journey.markOf(journey.find('2')), 'skipped', 'but one that was begun is')
  })
  t.test('nor is one before a lesson that is done, whose copy is gone', async (t) => {
    const { journey } = begun(t)
    journey.pass(journey.find('3'))
    journey.leave(journey.find('1'))
    t.equal(journey.markOf(journey.find('1')), 'open')
  })
  t.test('a passed lesson stays passed when it is left again', async (t) => {
    const { journey } = begun(t)
    const lesson = journey.find('1')
    journey.pass(lesson)
    journey.leave(lesson)
    t.equal(journey.markOf(lesson), 'passed')
  })
  t.test('behind the last lesson, and before the first, there is none', async (t) => {
    const { journey } = begun(t)
    t.equal(journey.leave(journey.find('3')), undefined)
    t.equal(journey.before(journey.find('1')), undefined)
    t.equal(journey.before(journey.find('3'))?.number, 2)
  })
})

t.test('hints open one by one, stay open, and close with a reset', async (t) => {
  const root = madeUpCourse(t)
  const lesson = lessonOf(root)
  const journey = journeyIn(root)
  t.same(
    [1, 2, 3, 4].map(() => journey.openHint(lesson)),
    [true, true, true, false],
  )
  t.equal(journeyIn(root).openHints(lesson), 3)
  journey.reset(lesson)
  t.equal(journeyIn(root).openHints(lesson), 0)
})

t.test('two guides at once', async (t) => {
  t.test('neither loses what the other has written', async (t) => {
    const root = madeUpCourse(t)
    const [one, other] = [journeyIn(root), journeyIn(root)]
    one.pass(one.find('1'))
    other.pass(other.find('2'))
    one.openHint(one.find('3'))
    t.hasStrict(written(root), {
      lessons: { '01-begin': 'passed', '02-go-on': 'passed' },
      hints: { '03-come-to-the-end': 1 },
    })
  })
  t.test('skipping in one does not take back what passed in the other', async (t) => {
    const root = madeUpCourse(t)
    const [one, other] = [journeyIn(root), journeyIn(root)]
    one.pass(one.find('1'))
    other.leave(other.find('1'))
    t.same(written(root).lessons, { '01-begin': 'passed' })
    t.equal(other.markOf(other.find('1')), 'passed')
  })
  t.test('the place is where the last one stayed', async (t) => {
    const root = madeUpCourse(t)
    const [one, other] = [journeyIn(root), journeyIn(root)]
    one.goTo(one.find('1'))
    other.goTo(other.find('2'))
    one.stayAt(one.find('1'))
    t.equal(written(root).current, '01-begin')
    rmSync(join(root, 'my'), { recursive: true })
    one.stayAt(one.find('1'))
    t.equal(written(root).current, '01-begin', 'also when its file had gone')
  })
})

t.test('what happens to the file while the guide runs', async (t) => {
  const passed = { '01-begin': 'passed', '02-go-on': 'passed' }
  t.test('it is deleted: nothing is lost', async (t) => {
    const { root, journey } = begun(t)
    journey.pass(journey.find('1'))
    rmSync(join(root, 'my'), { recursive: true })
    journey.pass(journey.find('2'))
    t.same(written(root).lessons, passed)
  })
  t.test('it cannot be written: what was not written did not happen', async (t) => {
    const { root, journey } = begun(t)
    // A folder in the place of what is written first; who writes is a part of its name.
    const fresh = join(root, `${file}.${process.pid}.new`)
    mkdirSync(fresh, { recursive: true })
    t.throws(() => journey.pass(journey.find('1')), { code: 'EISDIR' })
    t.equal(journey.markOf(journey.find('1')), 'open')
    t.notOk(existsSync(fresh), 'and nothing is left of it')
    journey.pass(journey.find('1'))
    t.same(written(root).lessons, { '01-begin': 'passed' })
  })
  t.test('it is damaged: nothing is lost, and it is said', async (t) => {
    const { root, journey } = begun(t)
    journey.pass(journey.find('1'))
    write(root, file, '{ "version": 1, "less')
    t.equal(journey.notice, undefined)
    journey.pass(journey.find('2'))
    t.same(written(root).lessons, passed)
    t.match(
      journey.notice,
      /^my\/progress\.json could not be read\. It is kept as my\/progress\.dam/,
    )
    journey.pass(journey.find('3'))
    t.match(journey.notice, /^my\/progress\.json could not be read/, 'it is not forgotten')
  })
  t.test('a newer guide takes it over: it is left alone', async (t) => {
    const { root, journey } = begun(t)
    const newer = '{ "version": 2 }'
    write(root, file, newer)
    t.throws(() => journey.pass(journey.find('1')), { message: /newer guide/ })
    t.equal(readFileSync(join(root, file), 'utf8'), newer)
  })
})

t.test(
  'marks are written down by the folder of the lesson, which no new order changes',
  async (t) => {
    const { root, journey } = begun(t)
    journey.pass(journey.find('3'))
    t.same(written(root).lessons, { [slugs[2]]: 'passed' })
  },
)

t.test(
  'what keeps a lesson from passing is written down, with the time at which it began',
  async (t) => {
    const { root, journey } = begun(t)
    const lesson = journey.find('1')
    const stuck = () => JSON.parse(readFileSync(join(root, 'my/progress.json'), 'utf8')).stuck
    journey.fail(lesson, 'one', 100)
    journey.fail(lesson, 'one', 200)
    t.strictSame(stuck(), { '01-begin': { on: 'one', since: 100 } }, 'the same: since then')
    journey.fail(lesson, 'two', 300)
    t.strictSame(stuck(), { '01-begin': { on: 'two', since: 300 } })
    journey.pass(lesson)
    journey.fail(lesson, 'two', 400)
    t.strictSame(stuck(), {}, 'and nothing once it has passed')
  },
)
