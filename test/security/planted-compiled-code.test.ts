import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { runChecksApart } from '../../tutor/judge/run-checks.ts'
import { temporaryFolder } from '../support/folder.ts'

// tsx keeps what it has compiled in the folder for temporary files, which all users of a machine share. Its
// names can be told from the sources, and neither owner nor mode is looked at: who writes there first, runs code in
// the server of whoever starts it next.

const root = fileURLToPath(new URL('../../', import.meta.url))
const ours = import.meta.resolve('../../example/typescript.mjs')

/** Files under a folder, by their paths. */
function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

/** Runs a program that says "ours", with this folder for temporary files. */
function run(program: string, temporary: string, loader: string): string {
  const { PATH = '' } = process.env
  const args = [`--import=${loader}`, program]
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    env: { PATH, TMPDIR: temporary },
    encoding: 'utf8',
  })
  return `${stdout}${stderr}`
}

/** A folder in which the compiled form of this program says "planted". */
function planted(program: string): string {
  const temporary = emptyBeside(program)
  run(program, temporary, import.meta.resolve('tsx'))
  for (const file of filesUnder(temporary))
    writeFileSync(file, JSON.stringify({ code: "console.log('planted')\n", map: { mappings: '' } }))
  return temporary
}

function emptyBeside(program: string): string {
  const folder = join(dirname(program), 'temporary')
  mkdirSync(folder)
  return folder
}

function programOf(t: Test): string {
  const program = join(temporaryFolder(t), 'program.mts')
  writeFileSync(program, "const word: string = 'ours'\nconsole.log(word)\n")
  return program
}

t.test('code planted in the cache of tsx', async (t) => {
  t.test('is run by tsx alone: the attack is real', async (t) => {
    const program = programOf(t)
    t.equal(run(program, planted(program), import.meta.resolve('tsx')), 'planted\n')
  })

  t.test('is not run by what starts our programs', async (t) => {
    const program = programOf(t)
    t.equal(run(program, planted(program), ours), 'ours\n')
  })

  t.test('nor by what checks an exercise', async (t) => {
    const folder = temporaryFolder(t)
    const [checkFile, solutionFile, attemptFile] = ['check', 'solution', 'exercise'].map((name) =>
      join(folder, `${name}.mts`),
    ) as [string, string, string]
    writeFileSync(checkFile, 'export default {}\n')
    writeFileSync(solutionFile, 'export {}\n')
    writeFileSync(attemptFile, "const word: string = 'ours'\nconsole.log(word)\n")
    const before = process.env.TMPDIR
    t.teardown(() => {
      if (before === undefined) delete process.env.TMPDIR
      else process.env.TMPDIR = before
    })
    process.env.TMPDIR = planted(attemptFile)
    const { printed } = await runChecksApart({ checkFile, solutionFile, attemptFile, seconds: 30 })
    t.equal(printed, 'ours\n')
  })
})

t.test('nothing of ours is written into the shared folder', async (t) => {
  const program = programOf(t)
  const temporary = emptyBeside(program)
  t.equal(run(program, temporary, ours), 'ours\n')
  t.same(filesUnder(temporary), [])
})

t.test('no command loads tsx in another way', async (t) => {
  for (const file of ['package.json', '.taprc', 'Dockerfile'])
    t.notMatch(readFileSync(join(root, file), 'utf8'), /--import[=", ]+tsx/, file)
})
