import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { createClassPages } from '../../../classroom/class-app.ts'
import { NOW } from '../../support/fixtures.ts'
import { listening } from '../../support/listening.ts'
import { ask } from '../../support/mock-http.ts'
import { until } from '../../support/until.ts'
import { journeyIn, madeUpCourse, write } from '../tutor/made-up-course.ts'
import { lookOn } from './look-on.ts'

const progress = (current: string, lessons: object, stuck: object = {}) =>
  JSON.stringify({ version: 1, current, lessons, stuck })

const ada = progress(
  '02-go-on',
  { '01-begin': 'passed' },
  { '02-go-on': { on: 'doubles a number', since: NOW - 1500 } },
)
const bob = progress('01-begin', {}, { '01-begin': { on: 'TypeScript', since: NOW - 60 } })
const carol = progress('03-come-to-the-end', {
  '01-begin': 'passed',
  '02-go-on': 'skipped',
  '03-come-to-the-end': 'passed',
})

function madeUpClass(t: Test, files: Record<string, string>) {
  const root = madeUpCourse(t)
  const folder = join(root, 'class')
  mkdirSync(folder)
  for (const [path, text] of Object.entries(files)) write(folder, path, text)
  const pages = createClassPages({ journey: journeyIn(root), folder, now: () => NOW })
  t.teardown(() => pages.stop())
  const get = async () =>
    await ask(pages.handler, { headers: { host: 'localhost:1340', accept: 'text/html' } })
  return { folder, ...pages, get }
}

const rowsOf = (body: string) =>
  [...body.matchAll(/<tr>\s*<th scope="row">(.*?)<\/tr>/gs)].map(([, row = '']) =>
    row
      .replaceAll(/<span class="unseen">.*?<\/span>/g, '')
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  )

t.test('a class: who is where, and at which check for how long', async (t) => {
  const { get } = madeUpClass(t, {
    'bob/progress.json': bob,
    'ada/my/progress.json': ada, // a copy of the whole repository
    'carol/progress.json': carol,
    'dan/README.md': '', // who has only cloned
    '.trash/progress.json': ada,
    'file.txt': '',
  })
  const { status, body } = await get()
  t.equal(status, 200)
  t.strictSame(rowsOf(body), [
    'ada 2. Go on doubles a number 25 min 1 ✓ 2 … 3 ·',
    'bob 1. Begin TypeScript 1 min 1 … 2 · 3 ·',
    'carol 3. Come to the end passed 1 ✓ 2 ↷ 3 ✓',
    'dan Not begun 1 · 2 · 3 ·',
  ])
})

t.test('who looks up a lesson that has passed is still stuck in another', async (t) => {
  const stuck = {
    '02-go-on': { on: 'doubles a number', since: NOW - 1500 },
    '03-come-to-the-end': { on: 'ends', since: NOW - 60 },
  }
  const looksBack = progress('01-begin', { '01-begin': 'passed' }, stuck)
  const { get } = madeUpClass(t, { 'ada/progress.json': looksBack })
  t.strictSame(rowsOf((await get()).body), ['ada 3. Come to the end ends 1 min 1 ✓ 2 … 3 …'])
})

t.test('nothing is written in the folders of others, whatever stands there', async (t) => {
  const { folder, get } = madeUpClass(t, {
    'ada/progress.json': '{ "version": 1, "lessons": "<script>alert(1)</script>"',
    'bob/progress.json/x': '',
  })
  t.strictSame(rowsOf((await get()).body), [
    'ada The progress cannot be read',
    'bob The progress cannot be read',
  ])
  t.strictSame(readdirSync(join(folder, 'ada')), ['progress.json'])
  t.notOk(existsSync(join(folder, 'my')))
})

t.test('whatever somebody wrote into theirs, the others stand as they were', async (t) => {
  const stuck = (on: unknown, since: unknown) =>
    progress('01-begin', {}, { '01-begin': { on, since } })
  const { get } = madeUpClass(t, {
    'bob/progress.json': bob,
    'mallory-1/progress.json': progress('constructor', {}),
    'mallory-2/progress.json':
      '{"version":1,"current":"__proto__","lessons":{},"stuck":{"__proto__":{"on":"x","since":0}}}',
    'mallory-3/progress.json': stuck('long ago', -1e300),
    'mallory-4/progress.json': stuck('x'.repeat(50_000), NOW),
    'mallory-5/progress.json': `${'['.repeat(400_000)}${']'.repeat(400_000)}`,
    'mallory-6/progress.json': stuck('x'.repeat(900_000), NOW),
    'ada/progress.json': ada,
  })
  const { body } = await get()
  t.strictSame(
    rowsOf(body).map((row) => row.slice(0, 50)),
    [
      'ada 2. Go on doubles a number 25 min 1 ✓ 2 … 3 ·',
      'bob 1. Begin TypeScript 1 min 1 … 2 · 3 ·',
      'mallory-1 1 · 2 · 3 ·',
      'mallory-2 1 · 2 · 3 ·',
      'mallory-3 1. Begin 1 · 2 · 3 ·',
      `mallory-4 1. Begin ${'x'.repeat(31)}`,
      'mallory-5 The progress cannot be read',
      'mallory-6 The progress cannot be read',
    ],
  )
  t.ok(body.length < 20_000, 'and nobody fills the page')
})

t.test('names are text, whatever they are', async (t) => {
  const stuck = { '01-begin': { on: '<img src=x>', since: NOW } }
  const { get } = madeUpClass(t, { '<b>ada\u202e/progress.json': progress('01-begin', {}, stuck) })
  const { body } = await get()
  t.match(body, '&lt;b&gt;ada\\u202e')
  t.notMatch(body, /<b>ada|<img src=x>/)
})

t.test('whoever looks on sees who comes and goes on, by itself', async (t) => {
  const { folder, handler, get } = madeUpClass(t, {})
  t.match((await get()).body, 'Nobody is here yet.')
  const { url } = await listening(t, handler)
  const { text } = await lookOn(t, `${url}/live`)
  write(folder, 'ada/progress.json', ada)
  await until(() => text().includes('doubles a number'), 'ada on the page')
})

t.test('a folder that goes away is said to whoever looks on, and is back when it is', async (t) => {
  const { folder, handler } = madeUpClass(t, { 'ada/progress.json': ada })
  const away = `${folder}-away`
  renameSync(folder, away)
  const { url } = await listening(t, handler)
  const { text } = await lookOn(t, `${url}/live`)
  await until(() => text().includes('Cannot show the class'), 'what is wrong')
  renameSync(away, folder)
  await until(() => text().includes('doubles a number'), 'ada on the page')
})

t.test('a folder that is none is said at the start', async (t) => {
  const root = madeUpCourse(t)
  t.throws(
    () =>
      createClassPages({
        journey: journeyIn(root),
        folder: join(root, 'package.json'),
        now: () => NOW,
      }),
    { message: /^Cannot show the class: .*package\.json is no folder$/ },
  )
})
