import type { KeyObject } from 'node:crypto'
import { join } from 'node:path'
import t from 'tap'
import { makeAdministrator } from '../../../../example/issuer/cli/make-administrator.ts'
import { openStore } from '../../../../example/store/open.ts'
import { sealed } from '../../../../example/store/sealed.ts'
import { openVault } from '../../../../example/store/vault.ts'
import { PASSWORD } from '../../../support/accounts.ts'
import { temporaryFolder } from '../../../support/folder.ts'
import { call, testIssuer } from '../../../support/issuer.ts'
import { command, onDisk, opens } from './command-line.ts'

t.test('--init makes the first administrator, who can sign in', async (t) => {
  const { environment, STORE_URL } = await onDisk(t)
  const stdin = `${PASSWORD}\n`
  t.same(await command(['--init'], { environment, stdin }), {
    code: 0,
    stdout: 'admin is an administrator: sign in with POST /admin/login\n',
    stderr: '',
    config: undefined,
  })
  const bob = await command(['-init', '-admin', 'Bob'], { environment, stdin })
  t.match(bob.stdout, /^Bob is an administrator/)
  const again = await command(['--init'], { environment, stdin: 'another-one-8sK\n' })
  t.equal(
    again.stderr,
    'Cannot make an administrator: there is one with the name admin, whose password is as it was\n',
  )

  const disk = await openStore(STORE_URL)
  t.teardown(() => disk.close())
  const store = sealed(disk, (await openVault(disk, opens)) as KeyObject)
  const server = await testIssuer({ store })
  for (const username of ['admin', 'bob']) {
    const given = { username, password: PASSWORD }
    t.equal((await call(server, 'POST /admin/login', given)).status, 200)
  }
  const wrong = { username: 'admin', password: 'another-one-8sK' }
  t.equal((await call(server, 'POST /admin/login', wrong)).status, 401)
})

t.test('there is no default password, and none that is guessed first', async (t) => {
  const { environment } = await onDisk(t)
  for (const stdin of ['', 'password1\n', 'admin'])
    t.match(
      await command(['--init'], { environment, stdin }),
      { code: 1, stdout: '', stderr: /^Cannot make an administrator: the password / },
      stdin,
    )
})

t.test('memory has no administrator that lasts', async (t) => {
  const { code, stderr } = await command(['--init'], { environment: { STORE_URL: 'memory:' } })
  t.equal(code, 1)
  t.equal(stderr, 'Cannot make an administrator: memory: in STORE_URL ends with its process\n')
})

t.test('a new store is sealed by --init as by a first start', async (t) => {
  const environment = { STORE_URL: `level:${join(temporaryFolder(t), 'data')}` }
  const { code, stdout } = await command(['--init'], { environment, stdin: PASSWORD })
  t.equal(code, 0)
  t.match(stdout, /\n {2}ISSUER_PASSWORD=[\w-]{32}\n(.*\n)+admin is an administrator/)
})

t.test('a name that is taken is refused before a password is asked for', async (t) => {
  const server = await testIssuer()
  const deps = { ...server, now: () => 0, askPassword: async () => PASSWORD }
  await makeAdministrator('ada', deps)
  const askPassword = () => Promise.reject(new Error('It has asked'))
  await t.rejects(makeAdministrator('Ada', { ...deps, askPassword }), { message: /the name Ada/ })
})

t.test('somebody who takes the name meanwhile keeps it', async (t) => {
  const server = await testIssuer()
  const make = makeAdministrator('ada', {
    ...server,
    now: () => 0,
    askPassword: async () => {
      await server.administrators.create({ name: 'Ada', hash: 'hers', nsId: undefined }, 0)
      return PASSWORD
    },
  })
  await t.rejects(make, { message: /: there is one with the name ada, / })
  t.equal((await server.administrators.find('ada'))?.hash, 'hers')
})
