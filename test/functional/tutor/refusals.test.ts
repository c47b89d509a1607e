import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { temporaryFolder } from '../../support/folder.ts'
import { answer, madeUpCourse } from './made-up-course.ts'
import { learn, progressOf, startGuide } from './made-up-guide.ts'

/** Every way to start it says the same: in the guide, for a command, and without a terminal. */
async function refuses(t: Test, root: string, args: string[], says: string) {
  const { code, stdout, stderr } = await learn(root, args)
  t.equal(stderr, `${says}\n`)
  t.equal(code, 2)
  t.equal(stdout, '')
}

t.test('lessons that do not exist', async (t) => {
  const root = madeUpCourse(t)
  for (const name of ['0', '4', '999999999999', '1x', '007.5'])
    for (const args of [[name], ['check', name], ['demo', name]])
      t.test(args.join(' '), async (t) => {
        const says = `Cannot open lesson ${name}: there are 1 to 3. See all: npm run learn list`
        await refuses(t, root, args, says)
      })
  t.notOk(existsSync(join(root, 'my')), 'and nothing is written')
})

t.test('--help is no refusal', async (t) => {
  const { code, stdout } = await learn(madeUpCourse(t), ['--help'])
  t.equal(code, 0)
  t.match(stdout, /^npm run learn reset N /m)
})

t.test('progress that is damaged', async (t) => {
  const damaged = '{ "version": 1, "lessons": { "01-begin": "pas'

  t.test('a command says so, keeps it, and goes on', async (t) => {
    const root = madeUpCourse(t, { 'my/progress.json': damaged, 'my/01-begin/exercise.ts': answer })
    const { code, stdout } = await learn(root, ['check', '1'])
    t.equal(code, 0)
    const kept = readdirSync(join(root, 'my')).find((name) => name.startsWith('progress.damaged'))
    t.match(stdout, `my/progress.json could not be read. It is kept as my/${kept}. Your exercises`)
    t.equal(readFileSync(join(root, `my/${kept}`), 'utf8'), damaged)
    t.same(progressOf(root).lessons, { '01-begin': 'passed' })
  })
  t.test('the guide says so on its screen, until a key is pressed', async (t) => {
    const root = madeUpCourse(t, { 'my/progress.json': damaged })
    const guide = startGuide(t, root, { rows: 40 })
    t.match(await guide.until('✗'), 'my/progress.json could not be read. It is kept as')
    guide.press('h')
    t.notMatch(await guide.until('Hint 1'), 'could not be read')
  })
})

t.test('progress of a newer guide is left alone', async (t) => {
  const newer = '{ "version": 2 }'
  const root = madeUpCourse(t, { 'my/progress.json': newer })
  for (const args of [[], ['list'], ['check', '1']])
    await refuses(
      t,
      root,
      args,
      'Cannot continue: my/progress.json was written by a newer guide. Update this repository with git pull, or move the file away.',
    )
  t.same(readdirSync(join(root, 'my')), ['progress.json'])
  t.equal(readFileSync(join(root, 'my/progress.json'), 'utf8'), newer)
})

t.test('where the copies cannot be written', async (t) => {
  t.test('my is a file', async (t) => {
    const root = madeUpCourse(t, { my: 'a file' })
    const says = 'a file stands where a folder should be. Move it away, and start again.'
    await refuses(t, root, [], `Cannot use my/01-begin: ${says}`)
    t.equal(readFileSync(join(root, 'my'), 'utf8'), 'a file')
  })
  t.test('the exercise is a folder', async (t) => {
    const root = madeUpCourse(t)
    mkdirSync(join(root, 'my/01-begin/exercise.ts'), { recursive: true })
    const says = 'a folder stands where a file should be. Move it away, and start again.'
    await refuses(t, root, ['reset', '1'], `Cannot use my/01-begin/exercise.ts: ${says}`)
  })
  t.test('the exercise is a pipe', { skip: process.platform === 'win32' }, async (t) => {
    const root = madeUpCourse(t, { 'my/01-begin/other.ts': '' })
    spawnSync('mkfifo', [join(root, 'my/01-begin/exercise.ts')])
    const says = 'it is not an ordinary file. Move it away, and start again.'
    await refuses(t, root, ['check', '1'], `Cannot use my/01-begin/exercise.ts: ${says}`)
  })
  t.test('my is a link that leads nowhere', async (t) => {
    const root = madeUpCourse(t)
    symlinkSync(join(root, 'nowhere'), join(root, 'my'))
    const says = 'a file stands where a folder should be. Move it away, and start again.'
    await refuses(t, root, [], `Cannot use my: ${says}`)
  })
  t.test('the progress cannot be written: the guide says so, and loses nothing', async (t) => {
    const root = madeUpCourse(t, { 'my/01-begin/exercise.ts': answer })
    const guide = startGuide(t, root, { rows: 40 })
    await guide.until('All checks pass.')
    rmSync(join(root, 'my/progress.json'))
    mkdirSync(join(root, 'my/progress.json'))
    guide.press('n')
    await guide.until('Cannot use my/progress.json: a folder stands where a file should be.')
    rmdirSync(join(root, 'my/progress.json'))
    guide.press('n')
    await guide.until(/^2\. Go on$/m)
    t.same(progressOf(root).lessons, { '01-begin': 'passed' })
  })
})

t.test('what cannot be shown is written out', async (t) => {
  const name = '1\x1b]0;title\x07\u202e'
  const says = 'Cannot open lesson 1\\u202e: there are 1 to 3. See all: npm run learn list'
  await refuses(t, madeUpCourse(t), [name], says)
})

t.test('a command that takes no lesson', async (t) => {
  const root = madeUpCourse(t)
  for (const word of ['next', 'list']) {
    const { code, stderr } = await learn(root, [word, '3'])
    t.equal(code, 2)
    t.ok(stderr.startsWith('Cannot understand "3"\n\n'))
  }
})

t.test('a folder that is no clone of this repository', async (t) => {
  const root = temporaryFolder(t)
  await refuses(t, root, [], `Cannot find the lessons: ${root}/lessons is not there`)
})
