import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { temporaryFolder } from '../support/folder.ts'

// What npm runs after `npm ci`: it must not fail, and must not touch what is not ours.

const script = fileURLToPath(new URL('../../scripts/prepare.cjs', import.meta.url))

/** A new repository with a copy of the script in one of its folders; gives what git says of the hooks afterwards. */
function hooksAfter(t: Test, folder: string, { PATH = process.env.PATH ?? '' } = {}): string {
  const top = temporaryFolder(t)
  spawnSync('git', ['init', '-q'], { cwd: top })
  mkdirSync(join(top, folder, 'scripts'), { recursive: true })
  cpSync(script, join(top, folder, 'scripts/prepare.cjs'))
  const program = join(top, folder, 'scripts/prepare.cjs')
  const { status } = spawnSync(process.execPath, [program], { env: { PATH } })
  t.equal(status, 0)
  const asked = ['config', '--local', 'core.hooksPath']
  return spawnSync('git', asked, { cwd: top, encoding: 'utf8' }).stdout.trim()
}

t.test('in a repository of its own, the hooks are set', async (t) => {
  t.equal(hooksAfter(t, '.'), '.githooks')
})

t.test('a copy inside another repository leaves its hooks alone', async (t) => {
  t.equal(hooksAfter(t, 'course/jwt'), '')
})

t.test('without git and without packages it does not fail', async (t) => {
  t.equal(hooksAfter(t, '.', { PATH: '/nowhere' }), '')
})
