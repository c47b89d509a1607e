import { PassThrough } from 'node:stream'
import t from 'tap'
import { call, PASSWORD, signIn, signUp } from '../../../support/accounts.ts'
import { onDisk, type Ran } from './command-line.ts'

const admin = (name: string) => ['admin', '--username', name]
const refused = (reason: string): Ran => ({
  code: 1,
  stdout: '',
  stderr: `Cannot make an administrator: ${reason}\n`,
})

t.test(
  'there is no account before somebody makes one, and then the first has all roles',
  async (t) => {
    const disk = onDisk(t)
    await disk.server(async ({ users }) => t.same(await users.page(undefined, 10), []))

    t.same(await disk.command(admin('Ada'), `${PASSWORD}\n`), {
      code: 0,
      stdout: 'Ada is an administrator: sign in with that password\n',
      stderr: '',
    })
    await disk.server(async (server) => {
      const { access_token: token } = await signIn(server)
      t.equal((await call(server, 'GET /users', { token })).status, 200)
      const text = (await call(server, 'GET /welcome', { token })).body
      t.equal(text, 'Welcome Ada!\n Your roles are: [CLIENT, ADMIN]')
      t.equal(
        (await call(server, 'DELETE /users/ada', { token })).status,
        409,
        'the last one stays',
      )
    })
  },
)

t.test('a name that exists gains the role, and nothing is asked', async (t) => {
  const disk = onDisk(t)
  const { access_token: token } = await disk.server(async (server) => {
    await signUp(server, 'Ada')
    return await signIn(server, 'ada')
  })
  const stdin = new PassThrough() // nobody will ever write to it
  t.same(await disk.command(admin('ADA'), stdin), {
    code: 0,
    stdout: 'Ada is an administrator from now on, with the password as it was\n',
    stderr: '',
  })
  await disk.server(async (server) => {
    t.equal((await call(server, 'GET /users', { token })).status, 200, 'and is still signed in')
    t.equal((await call(server, 'DELETE /users/ada', { token })).status, 409, 'the list knows it')
  })
  const again = 'Ada was an administrator already: nothing is changed\n'
  t.same(await disk.command(admin('ada'), stdin), { code: 0, stdout: again, stderr: '' })
})

t.test('who was switched off stays so', async (t) => {
  const disk = onDisk(t)
  await disk.server(async (server) => {
    await signUp(server, 'ada')
    await server.users.change('ada', (user) => ({ ...user, enabled: false }))
  })
  t.same(await disk.command(admin('ada')), refused('the account of ada is switched off'))
  await disk.server(async ({ users }) => t.same((await users.find('ada'))?.roles, ['CLIENT']))
})

t.test('the password has to be one that a sign-up would take, with every reason', async (t) => {
  const disk = onDisk(t)
  const passwords = {
    newpass:
      'the password must have 8 characters or more, is one of the passwords that are guessed first',
    '': 'the password must have 8 characters or more',
    'ada-ada-1': 'the password is little more than the user name',
  }
  for (const [password, reason] of Object.entries(passwords))
    t.same(await disk.command(admin('ada'), `${password}\n`), refused(reason))
  await disk.server(async ({ users }) => t.equal(await users.find('ada'), undefined))
})

t.test('a name that is none is refused before any password is asked for', async (t) => {
  const disk = onDisk(t)
  const rule = 'must be 1 to 64 letters, digits or ._@+-, and begin with a letter or digit'
  for (const name of ['', 'a b', 'a:ADMIN', 'a\nb', '../ada', '\u001b[2J', 'a'.repeat(65)])
    t.same(await disk.command(admin(name), new PassThrough()), refused(`the user name ${rule}`))
})

t.test('from standard input a password is all of one line', async (t) => {
  const disk = onDisk(t)
  const spaced = '  spaces at both ends\t '
  t.equal((await disk.command(admin('ada'), `${spaced}\r\n`)).code, 0)
  t.equal((await disk.command(admin('bob'), 'no line end at all')).code, 0)
  const two = await disk.command(admin('eve'), `${PASSWORD}\n${PASSWORD}\n`)
  t.same(two, { code: 1, stdout: '', stderr: 'Cannot read the password: it must be one line\n' })
  await disk.server(async (server) => {
    t.ok((await signIn(server, 'ada', spaced)).access_token)
    t.ok((await signIn(server, 'bob', 'no line end at all')).access_token)
    t.equal(await server.users.find('eve'), undefined)
  })
})

t.test('somebody who signs up under the name meanwhile keeps it', async (t) => {
  const { makeAdministrator } = await import(
    '../../../../example/accounts/cli/make-administrator.ts'
  )
  const disk = onDisk(t)
  await disk.server(async (server) => {
    const deps = {
      ...server,
      now: () => 0,
      askPassword: async () => {
        await signUp(server, 'ada')
        return PASSWORD
      },
    }
    const message = 'Cannot make an administrator: somebody has signed up as ada meanwhile'
    await t.rejects(makeAdministrator('ada', deps), { message })
    t.same((await server.users.find('ada'))?.roles, ['CLIENT'])
  })
})
