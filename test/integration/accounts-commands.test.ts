import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { PASSWORD } from '../support/accounts.ts'
import { temporaryFolder } from '../support/folder.ts'
import { keys } from '../support/screen.ts'
import { startInTerminal } from '../support/terminal.ts'

const root = new URL('../../', import.meta.url)
const program = [
  process.execPath,
  `--import=${new URL('example/typescript.mjs', root).href}`,
  fileURLToPath(new URL('example/accounts/cli/main.ts', root)),
]
/** As a process of its own, in a folder with a `.env.accounts`. */
function run(cwd: string, args: readonly string[], input = '') {
  const { PATH = '', HOME = '' } = process.env
  const [node = '', ...more] = [...program, ...args]
  const options = { cwd, input, encoding: 'utf8', env: { PATH, HOME } } as const
  const { status, stdout, stderr } = spawnSync(node, more, options)
  return { status, stdout, stderr }
}

t.test('the first administrator, made in a terminal that shows no password', async (t) => {
  const folder = temporaryFolder(t, { '.env.accounts': 'STORE_URL=level:./of-this-test\n' })
  const command = [...program, 'admin', '--username', 'ada']
  const terminal = startInTerminal(t, command, { cwd: folder })

  await terminal.until('New password, which is not shown:')
  terminal.press(`${PASSWORD}${keys.enter}`)
  await terminal.until('The same again:')
  terminal.press(`${PASSWORD}${keys.enter}`)
  t.equal(await terminal.exitCode(), 0)
  t.equal(
    terminal.history(),
    [
      'New password, which is not shown: ',
      'The same again: ',
      'ada is an administrator: sign in with that password',
    ].join('\n'),
  )
  t.equal(statSync(join(folder, 'of-this-test/secret')).mode & 0o777, 0o600, 'as a first start')

  t.test('goes out and comes in as a line of JSON, in pipes', async (t) => {
    const exported = run(folder, ['export'])
    t.equal(exported.status, 0)
    t.match(exported.stdout, /^\{"name":"ada","roles":\["CLIENT","ADMIN"\],.*"\}\n$/)
    t.notMatch(exported.stdout + exported.stderr, PASSWORD)
    const there = temporaryFolder(t, { '.env.accounts': 'STORE_URL=level:./data\n' })
    const imported = { status: 0, stdout: 'Imported 1 user\n', stderr: '' }
    t.same(run(there, ['import'], exported.stdout), imported)
  })
})

t.test('Ctrl-C at the question leaves the terminal as it was, and no user', async (t) => {
  const folder = temporaryFolder(t)
  const [node = '', ...args] = [...program, 'admin', '--username', 'ada']
  const shell = `"$@"; echo "code $?"; stty -a`
  const terminal = startInTerminal(t, ['sh', '-c', shell, 'sh', node, ...args], {
    cwd: folder,
    env: { STORE_URL: 'level:./data' },
  })
  await terminal.until('New password, which is not shown:')
  terminal.press(`half of it${keys.ctrlC}`)
  t.equal(await terminal.exitCode(), 0)
  const screen = terminal.history()
  t.match(screen, /^Cannot go on without a password: nothing is changed\ncode 1$/m)
  t.notMatch(screen, /-icanon|-isig|-echo\b|half/)
})
