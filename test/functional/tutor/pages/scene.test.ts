import t, { type Test } from 'tap'
import type { Verdict } from '../../../../tutor/judge/verdict.ts'
import { type News, type Scene, viewOf } from '../../../../tutor/pages/scene.ts'
import type { Look } from '../../../../tutor/terminal/look.ts'
import { fit } from '../../../../tutor/terminal/page.ts'
import { exercise, journeyIn, madeUpCourse } from '../made-up-course.ts'

const look: Look = { columns: 80, colors: false }
const keys = 'h hint · n next · b back · o open · w web · l list · r reset · d diff · q quit'
const judged = { text: exercise.replace('TODO', 'later'), printed: '' }

const failed: Verdict = {
  kind: 'failed',
  results: [{ name: 'one' }, { name: 'two', failure: { said: 'no', stack: '' } }],
  ...judged,
}
const passed: Verdict = { kind: 'passed', results: [{ name: 'one' }, { name: 'two' }], ...judged }

function sceneOf(t: Test, changes: Partial<Scene> = {}): Scene {
  const journey = journeyIn(madeUpCourse(t, { 'my/01-begin/exercise.ts': exercise }))
  const opening = { page: 'lesson', verdict: undefined, saved: false, checking: false } as const
  const quiet = { manual: false, notice: '', asked: false, waited: 0 }
  return { journey, lesson: journey.find('1'), ...opening, ...quiet, ...changes }
}

const pageOf = (scene: Scene, shown = look, news: News[] = []) => viewOf(scene, shown, news)

t.test('what must be in sight', async (t) => {
  const cases: Record<string, readonly [changes: Partial<Scene>, line: RegExp]> = {
    'before the first verdict: the head': [{}, /0 of 3 passed$/],
    'with the first verdict on a lesson: its head': [{ verdict: failed }, /0 of 3 passed$/],
    'after a save: the failed check': [{ verdict: failed, saved: true }, /^✗ two$/],
    'after a save: that all passed': [{ verdict: passed, saved: true }, /^All checks pass\.$/],
    'the hint that was opened last': [{ verdict: failed, page: 'hints' }, /^Hint 2 of 3/],
  }
  for (const [what, [changes, line]] of Object.entries(cases))
    t.test(what, async (t) => {
      const scene = sceneOf(t, changes)
      scene.journey.openHint(scene.lesson)
      scene.journey.openHint(scene.lesson)
      const { lines, anchor } = pageOf(scene)
      t.match(lines[anchor], line)
    })
})

t.test('who comes back to a wrong attempt sees what was expected, and what came', async (t) => {
  const failure = { said: 'decode("a")', actual: '1', expected: '2', stack: '' }
  const verdict: Verdict = { ...failed, results: [{ name: 'one' }, { name: 'two', failure }] }
  const rowsOf = (verdict: Verdict) =>
    fit(pageOf(sceneOf(t, { verdict })), { columns: 80, rows: 14 }).shown
  const shown = rowsOf(verdict)
  for (const row of ['✗ two', '  answer    1', '  expected  2']) t.ok(shown.includes(row), row)
  const fresh = rowsOf({ ...verdict, text: exercise })
  t.match(fresh[0], /0 of 3 passed$/, 'who comes to a fresh one begins at the top')
})

t.test('the foot', async (t) => {
  t.test('names the keys', async (t) => {
    t.equal(pageOf(sceneOf(t)).foot, `\n${keys}`)
    const { foot } = pageOf(sceneOf(t, { manual: true }))
    t.equal(foot, `\nEnter check · ${keys.replace(' d diff', '\nd diff')}`, 'in 80 columns')
  })
  t.test('says how letters are typed where lines are', async (t) => {
    const { foot } = pageOf(sceneOf(t), { ...look, columns: 100, plain: true })
    t.equal(foot, `\nType a letter and Enter: ${keys.replace(' q quit', '\nq quit')}`)
  })
  t.test('says how to leave what is not the lesson', async (t) => {
    const footOf = (page: Scene['page']) => pageOf(sceneOf(t, { page, verdict: passed })).foot
    t.equal(footOf('list'), `\nEnter or l: back to the lesson\n\n${keys}`)
    t.equal(footOf('diff'), `\nEnter or d: back to the lesson\n\n${keys}`)
    t.equal(footOf('end'), `\nEnter: back to the lesson\n\n${keys}`)
  })
  t.test('has the notice above them', async (t) => {
    t.equal(pageOf(sceneOf(t, { notice: 'Done.' })).foot, `\nDone.\n\n${keys}`)
  })
  t.test('says that checks run, without moving anything', async (t) => {
    const before = pageOf(sceneOf(t, { verdict: failed }))
    const after = pageOf(sceneOf(t, { verdict: failed, checking: true }))
    t.equal(after.foot, `checking …\n${keys}`)
    t.same(after.lines, before.lines)
  })
  t.test('says how long they have been running, once that is long', async (t) => {
    const busy = (waited: number) => pageOf(sceneOf(t, { checking: true, waited })).foot
    t.equal(busy(1), `checking …\n${keys}`)
    t.equal(busy(11), `checking … 11 s (up to 10 for each check)\n${keys}`)
  })
})

t.test('the old verdict fades while the checks run', async (t) => {
  const scene = sceneOf(t, { verdict: passed, checking: true })
  const { lines } = pageOf(scene, { ...look, colors: true })
  t.ok(lines.includes('\x1b[2mAll checks pass.\x1b[22m'))
})

t.test('hints are shown while they are needed, and where they are asked for', async (t) => {
  const open = (verdict: Verdict, page: Scene['page'] = 'lesson') => {
    const scene = sceneOf(t, { verdict, page })
    scene.journey.openHint(scene.lesson)
    return pageOf(scene).lines.some((line) => line.startsWith('Hint 1'))
  }
  t.equal(open(failed), true)
  t.equal(open(passed), false)
  t.equal(open(passed, 'hints'), true)
})

t.test('the list begins where the learner is', async (t) => {
  const scene = sceneOf(t, { page: 'list' })
  t.equal(pageOf(scene).anchor, 0)
  scene.lesson = scene.journey.find('3')
  t.equal(pageOf(scene).anchor, 2)
})

t.test('whoever gets line after line hears what is new, and no more', async (t) => {
  const scene = sceneOf(t, { verdict: failed, notice: 'Done.', asked: true })
  scene.journey.openHint(scene.lesson)
  const news = (...parts: News[]) => viewOf(scene, look, parts).news
  t.equal(news(), '')
  t.equal(
    news('notice'),
    'Done.\n\nPress r once more to begin lesson 1 again. Your attempt is kept beside the new\ncopy.',
  )
  t.equal(news('result', 'keys'), `✓ one\n\n✗ two\n\n  no\n\n${keys}`)
  t.match(news('head'), /^░+ 0 of 3 passed\n\n1\. Begin\n/)
  t.match(news('hint'), /^Hint 1 of 3: /)
  scene.page = 'list'
  t.match(news('page'), /^░+ 0 of 3 passed\n\n▸ · {2}1 {2}Begin /)
})
