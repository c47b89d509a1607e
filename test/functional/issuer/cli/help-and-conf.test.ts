import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import t from 'tap'
import { settings } from '../../../../example/issuer/cli/settings.ts'
import { readConfig } from '../../../../example/issuer/config.ts'
import { temporaryFolder } from '../../../support/folder.ts'
import { command } from './command-line.ts'

const example = readFileSync(new URL('../../../../.env.issuer.example', import.meta.url), 'utf8')

t.test('--help names every flag, its variables, and what it is', async (t) => {
  const { code, stdout, stderr } = await command(['--help'])
  t.same({ code, stderr }, { code: 0, stderr: '' })
  for (const { flag, name, alias, value, about } of settings) {
    if (flag === undefined) continue
    const variables = [name, alias].filter((text) => text !== undefined).join(', ')
    const [line = '', below = ''] = stdout.slice(stdout.search(`--${flag}\\s`)).split('\n')
    t.ok(line.endsWith(variables), flag)
    t.equal(below.trim(), value ? `${about} Default: ${value}.` : about)
  }
  t.match(stdout, /^ {2}-h, --help\n {8}Says this\.$/m)
  t.match(stdout, /^ {6}--admin name\n/m)
  for (const other of ['--conf', '--admin x', '--tls', '--foo', '-p half of-it'])
    for (const asked of ['-h', '-help', '--help'])
      t.equal((await command([...other.split(' '), asked])).stdout, stdout, `${other} ${asked}`)
})

t.test('no name and no flag is there twice', async (t) => {
  for (const key of ['name', 'flag', 'short', 'alias'] as const) {
    const all = settings.flatMap((setting) => setting[key] ?? [])
    t.same([...new Set(all)], all)
  }
})

t.test('--conf writes every setting for its owner alone, and the server reads it', async (t) => {
  const file = join(temporaryFolder(t), '.env.issuer')
  t.same(await command(['-conf'], { file }), {
    code: 0,
    stdout: `Wrote ${file}, for you alone: it says what every setting is\n`,
    stderr: '',
    config: undefined,
  })
  t.equal(statSync(file).mode & 0o777, 0o600)
  const written = readFileSync(file, 'utf8')
  t.equal(written, example, 'it is the example that stands in the repository')
  t.same(readConfig({}, parseEnv(written)), readConfig({}))
})

t.test('--conf leaves a file alone that is there', async (t) => {
  const folder = temporaryFolder(t, { '.env.issuer': 'PORT=1\n' })
  const file = join(folder, '.env.issuer')
  const stderr = `Cannot write ${file}: it is there already, and stays as it is\n`
  t.hasStrict(await command(['--conf'], { file }), { code: 1, stdout: '', stderr })
  t.equal(readFileSync(file, 'utf8'), 'PORT=1\n')
  const nowhere = join(folder, 'no/folder')
  t.equal(
    (await command(['--conf'], { file: nowhere })).stderr,
    `Cannot write ${nowhere}: ENOENT\n`,
  )
})
