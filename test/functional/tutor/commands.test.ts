import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { answer, exercise, madeUpCourse, write } from './made-up-course.ts'
import { learn, startGuide } from './made-up-guide.ts'

t.test('the commands', async (t) => {
  const root = madeUpCourse(t)
  const file = 'my/01-begin/exercise.ts'

  t.test('check: 1 until it is right, then 0', async (t) => {
    const before = await learn(root, ['check', '1'])
    t.equal(before.code, 1)
    t.match(before.stdout, /^Your copy is ready: my\/01-begin\/exercise\.ts$/m)
    write(root, file, answer)
    const after = await learn(root, ['check', '01-begin'])
    t.equal(after.code, 0)
    t.match(after.stdout, /^Next: 2\. Go on, 5 minutes: npm run learn next$/m)
  })
  t.test('diff: after passing only', async (t) => {
    t.match(await learn(root, ['diff', '1']), { code: 0, stdout: /^\+ lessons\/01-begin/m })
    const { code, stdout } = await learn(root, ['diff', '2'])
    t.equal(code, 1)
    t.match(stdout, 'To look at it all the same: npm run learn solution 2')
  })
  t.test('solution', async (t) => {
    t.match((await learn(root, ['solution', '2'])).stdout, /^lessons\/02-go-on\/solution\.ts\n\n/)
  })
  t.test('hint: one more each time', async (t) => {
    const said = []
    for (let times = 0; times < 4; times += 1) said.push((await learn(root, ['hint', '2'])).stdout)
    t.match(said[0], /^Hint 1 of 3: what you are looking at\n/)
    t.match(said[2], /^Hint 3 of 3: where to read\n/)
    t.match(
      said[3],
      /^Hint 1 of 3(.*\n)+There are no more hints\. The page says more: lessons\/02-go-on/,
    )
  })
  t.test('hint at the first step: where its question is, and no hint is opened', async (t) => {
    const files = { [file]: `export const firstStep: 'one' | undefined = undefined\n${exercise}` }
    const root = madeUpCourse(t, files)
    const { stdout } = await learn(root, ['hint', '1'])
    t.equal(
      stdout,
      'You are at the first step, one line. Its question is on the page:\nlessons/01-begin/README.md. The hints are about what comes after it.\n',
    )
    const guide = startGuide(t, root)
    await guide.until('q quit')
    guide.press('h')
    t.notMatch(await guide.until('You are at the first step, one line.'), 'Hint 1')
    write(root, file, `export const firstStep: 'one' | undefined = 'one'\n${exercise}`)
    t.match((await learn(root, ['hint', '1'])).stdout, /^Hint 1 of 3/)
  })
  t.test('reset: the attempt is kept', async (t) => {
    t.equal(
      (await learn(root, ['reset', '1'])).stdout,
      `${file} is as it was in the beginning.\nYour attempt is kept as my/01-begin/exercise.old-1.ts.\n`,
    )
    t.equal((await learn(root, ['reset', '1'])).stdout, `${file} is as it was in the beginning.\n`)
    t.match(await learn(root, ['check', '1']), { code: 1 })
  })
  t.test('diff of a new copy: there is nothing to compare', async (t) => {
    const { code, stdout } = await learn(root, ['diff', '1'])
    t.equal(code, 1)
    t.equal(
      stdout,
      `${file} is as it was in the beginning: there is nothing to compare.\nThe solution alone: npm run learn solution 1\n`,
    )
  })
  t.test('next and list', async (t) => {
    t.match((await learn(root, ['next'])).stdout, /^2\. Go on\n/)
    t.match(
      (await learn(root, ['next'])).stdout,
      /^Lesson 2 is marked as skipped\. Back to it: npm run learn 2\n\n3\. Come to the end\n/,
    )
    t.match((await learn(root, ['next'])).stdout, /^That was the last lesson\. You passed 1 of 3\./)
    t.match((await learn(root, ['list'])).stdout, /^ {2}↷ {2}2 {2}Go on/m)
    t.match((await learn(root, ['list', '--plain'])).stdout, /^2\. Go on: skipped, /m)
  })
  t.test('the shipped exercise is never changed', async (t) => {
    t.match((await learn(root, ['reset', '1'])).code, 0)
    t.equal(readFileSync(join(root, 'lessons/01-begin/exercise.ts'), 'utf8'), exercise)
  })
})

t.test('export and import', async (t) => {
  const mine = { 'my/01-begin/exercise.ts': answer }
  const here = madeUpCourse(t, mine)
  t.match(await learn(here, ['check', '1']), { code: 0 })

  t.test('take answers and progress to another machine', async (t) => {
    const there = madeUpCourse(t)
    const file = join(there, 'taken.json')
    const { stdout } = await learn(here, ['export', file])
    t.match(stdout, `npm run learn import ${file}\n`)
    t.equal(
      (await learn(there, ['import', 'taken.json'])).stdout,
      '1 file was put into my/. How far you are: npm run learn list\n',
    )
    t.equal(readFileSync(join(there, 'my/01-begin/exercise.ts'), 'utf8'), answer)
    t.match((await learn(there, ['list', '--plain'])).stdout, /^1\. Begin: passed/m)
    t.equal(
      (await learn(there, ['import', 'taken.json'])).stdout,
      'Every file was in my/ already. How far you are: npm run learn list\n',
    )
  })
  t.test('write over no file, and name one that is missing', async (t) => {
    t.same(await learn(here, ['export', 'package.json']), {
      code: 2,
      stdout: '',
      stderr: 'Cannot export to package.json: it exists. Name another: npm run learn export FILE\n',
    })
    const gone = { code: 2, stdout: '', stderr: 'Cannot import gone.json: it is not there\n' }
    t.same(await learn(here, ['import', 'gone.json']), gone)
  })
})

t.test('an exercise that was saved on Windows is judged and shown like any other', async (t) => {
  const root = madeUpCourse(t)
  const file = 'my/01-begin/exercise.ts'
  const throwing = exercise.replace('return n', "throw new Error('no')")
  for (const text of [exercise, throwing]) {
    write(root, file, text)
    const { stdout } = await learn(root, ['check', '1'])
    write(root, file, `\uFEFF${text.replaceAll('\n', '\r\n')}`)
    t.equal((await learn(root, ['check', '1'])).stdout, stdout)
  }
  t.match((await learn(root, ['check', '1'])).stdout, /^ {2}> 3 +throw new Error\('no'\)/m)
})
