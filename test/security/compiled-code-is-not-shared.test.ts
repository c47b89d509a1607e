import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { runChecksApart } from '../../tutor/judge/run-checks.ts'
import { temporaryFolder } from '../support/folder.ts'

// S130. A loader that keeps what it has compiled in the folder for temporary files, which all users of a machine share,
// runs what it finds there: who writes there first, runs code in the server of whoever starts it next.

const ours = import.meta.resolve('../../example/typescript.mjs')
const typed = "const word: string = 'ours'\nconsole.log(word)\n"

t.test('what starts our programs writes nothing into the shared folder', async (t) => {
  const folder = temporaryFolder(t)
  const temporary = join(folder, 'temporary')
  mkdirSync(temporary)
  const program = join(folder, 'program.ts')
  writeFileSync(program, typed)
  const { stdout } = spawnSync(process.execPath, [`--import=${ours}`, program], {
    env: { PATH: process.env.PATH, TMPDIR: temporary },
    encoding: 'utf8',
  })
  t.equal(stdout, 'ours\n')
  t.same(readdirSync(temporary), [])
})

t.test('nor does what checks an exercise', async (t) => {
  const folder = temporaryFolder(t)
  const temporary = join(folder, 'temporary')
  mkdirSync(temporary)
  const [checkFile, solutionFile, attemptFile] = ['check', 'solution', 'exercise'].map((name) =>
    join(folder, `${name}.ts`),
  ) as [string, string, string]
  writeFileSync(checkFile, 'export default {}\n')
  writeFileSync(solutionFile, 'export {}\n')
  writeFileSync(attemptFile, typed)
  const before = process.env.TMPDIR
  t.teardown(() => {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  })
  process.env.TMPDIR = temporary
  const { printed } = await runChecksApart({ checkFile, solutionFile, attemptFile, seconds: 30 })
  t.equal(printed, 'ours\n')
  t.same(readdirSync(temporary), [])
})
