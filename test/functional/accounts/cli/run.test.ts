import t from 'tap'
import { usage } from '../../../../example/accounts/cli/options.ts'
import { openStore } from '../../../../example/store/open.ts'
import { command, onDisk } from './command-line.ts'

const senseless: Record<string, readonly string[]> = {
  nothing: [],
  'an unknown command': ['remove'],
  'no name': ['admin'],
  'a name without its option, as npm leaves it without two dashes': ['admin', 'ada'],
  'a name and something else': ['admin', '--username', 'ada', 'bob'],
  'an option without its value': ['admin', '--username'],
  'an unknown option': ['admin', '--username', 'ada', '--password', 'on the command line'],
  'a file to export to': ['export', 'users.jsonl'],
  'a name to export': ['export', '--username', 'ada'],
  'two files to import': ['import', 'one', 'two'],
}

t.test('a command line that makes no sense: how it is written, and 2', async (t) => {
  for (const [what, args] of Object.entries(senseless))
    t.same(await command(args, { url: 'memory:' }), { code: 2, stdout: '', stderr: usage }, what)
})

t.test('--help is no mistake', async (t) => {
  for (const args of [
    ['admin', '--help'],
    ['export', '-h'],
    ['import', '--help'],
  ])
    t.same(await command(args, { url: 'memory:' }), { code: 0, stdout: usage, stderr: '' })
})

t.test('a store in memory has no users that a command could find', async (t) => {
  const stderr = 'Cannot find any users: STORE_URL is memory:, which ends with its process\n'
  t.same(await command(['export'], { url: 'memory:' }), { code: 1, stdout: '', stderr })
})

t.test('settings are those of the server, and refused as there', async (t) => {
  const { code, stderr } = await command(['export'], { url: 'redsi://host' })
  t.equal(code, 1)
  t.match(stderr, /^Cannot start with these settings:\n {2}STORE_URL: must be /)
})

t.test('while the server runs on LevelDB every command says to stop it', async (t) => {
  const disk = onDisk(t)
  const store = await openStore(disk.url)
  t.teardown(() => store.close())
  for (const args of [['admin', '--username', 'ada'], ['export'], ['import']]) {
    const { code, stdout, stderr } = await disk.command(args)
    t.same({ code, stdout }, { code: 1, stdout: '' })
    t.match(stderr, /^Cannot open the store: another process is using .*\. .* Stop it there/)
  }
})
