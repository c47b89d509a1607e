import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import t from 'tap'
import { exportUsers } from '../../../../example/accounts/cli/export-users.ts'
import { importUsers } from '../../../../example/accounts/cli/import-users.ts'
import { StoreUnavailable } from '../../../../example/store/errors.ts'
import { call, PASSWORD, signIn, signUp, testAccounts } from '../../../support/accounts.ts'
import { NOW } from '../../../support/fixtures.ts'
import { temporaryFolder } from '../../../support/folder.ts'
import { onDisk } from './command-line.ts'

const HASH = `$argon2id$v=19$m=19456,t=2,p=1$${'c2Fs'.repeat(5)}$${'aGFz'.repeat(10)}`
const good = { name: 'ada', roles: ['CLIENT'], enabled: true, hash: HASH }
const line = (replaced: object = {}) => JSON.stringify({ ...good, ...replaced })

t.test('what one store exports another imports: names, roles, passwords', async (t) => {
  const folder = temporaryFolder(t, { here: {}, there: {} })
  const [here, there] = [onDisk(t, join(folder, 'here')), onDisk(t, join(folder, 'there'))]
  const before = await here.server(async (server) => {
    await signUp(server, 'Ada', { roles: ['CLIENT', 'ADMIN'] })
    await signUp(server, 'bob')
    await server.users.change('bob', (user) => ({ ...user, enabled: false, verified: true }))
    return { users: await server.users.page(undefined, 10), token: await signIn(server, 'ada') }
  })

  const { code, stdout, stderr } = await here.command(['export'])
  t.equal(code, 0)
  t.equal(stderr, 'Exported 2 users. A password can be guessed from its hash: chmod 600 the file\n')
  t.equal(stdout.match(/\n/g)?.length, 2)
  t.notMatch(stdout, /epoch/)

  const imported = { code: 0, stdout: 'Imported 2 users\n', stderr: '' }
  t.same(await there.command(['import'], stdout), imported)
  await there.server(async (server) => {
    const users = await server.users.page(undefined, 10)
    const withoutEpoch = ({ epoch, ...user }: { epoch: string }) => user
    t.same(users.map(withoutEpoch), before.users.map(withoutEpoch))
    for (const [n, { epoch }] of users.entries()) t.not(epoch, before.users[n]?.epoch)

    const token = before.token.access_token
    t.equal((await call(server, 'GET /welcome', { token })).status, 401, 'no session comes along')
    const { access_token } = await signIn(server, 'ada')
    t.equal((await call(server, 'GET /users', { token: access_token })).status, 200)
    const last = await call(server, 'DELETE /users/ada', { token: access_token })
    t.equal(last.status, 409, 'they are the last one here, too')
    const body = { username: 'bob', password: PASSWORD }
    t.equal((await call(server, 'POST /signin', { body })).status, 401, 'still switched off')
  })

  const again = await there.command(['import'], stdout)
  t.same(again, {
    code: 1,
    stdout: '',
    stderr:
      'Cannot import these lines, so nothing is imported:\n  line 1: name: is taken\n  line 2: name: is taken\n',
  })
})

t.test('an import from a file, also with what npm has put in front', async (t) => {
  const folder = temporaryFolder(t)
  const file = join(folder, 'users.jsonl')
  writeFileSync(file, `\n> learn@1.0.0 accounts:export\n> node main.ts export\n\n${line()}\r\n`)
  const disk = onDisk(t, folder)
  const done = { code: 0, stdout: 'Imported 1 user\n', stderr: '' }
  t.same(await disk.command(['import', file]), done)
  await disk.server(async ({ users }) => {
    const user = await users.find('ada')
    const { epoch } = user ?? {}
    const fresh = { createdAt: NOW, verified: false, epoch }
    t.same(user, { id: 'ada', ...good, ...fresh }, 'what was not given is as at a sign-up')
  })
  const missing = await disk.command(['import', `${file}.gone`])
  t.equal(missing.code, 1)
  t.match(missing.stderr, /^ENOENT[^\n]*\n$/)
})

const roleRule = 'roles: must be a list of CLIENT, ADMIN'
const nameRule = 'name: must be 1 to 64 letters, digits or ._@+-, and begin with a letter or digit'
const hashRule = 'hash: must be one of argon2id, in the form of PHC, of no more than 128 MiB'
const noObject = 'is no JSON object with each name once'
const fieldRule = 'has a field that is none of name, roles, enabled, verified, createdAt, hash'

const wrong: Record<string, readonly [line: string | Buffer, ...problems: string[]]> = {
  'no JSON': ['ada:ADMIN:$2a$04$', noObject],
  'a list': ['[]', noObject],
  'a field twice': [`{"name":"eve",${line().slice(1)}`, noObject],
  'bytes that are no UTF-8': [Buffer.from([0x7b, 0xff, 0x7d]), noObject],
  'nothing in it': [
    '{}',
    ...['name', 'roles', 'enabled', 'hash'].map((name) => `${name}: is missing`),
  ],
  'a field of another program': [line({ email: 'a@example.org' }), fieldRule],
  'a field that every object inherits': [line({ toString: 'x' }), fieldRule],
  'an epoch': [line({ epoch: 'mine' }), fieldRule],
  'a name with the end of a line in it': [
    line({ name: 'eve\n{"name":"eve","roles":["ADMIN"]}' }),
    nameRule,
  ],
  'a name with a colon': [line({ name: 'eve:ADMIN:hash' }), nameRule],
  'no name': [line({ name: '' }), nameRule],
  'a number for a name': [line({ name: 7 }), 'name: must be a text'],
  'an unknown role': [line({ roles: ['ROOT'] }), roleRule],
  'no role': [line({ roles: [] }), roleRule],
  'a role that is no list': [line({ roles: 'ADMIN' }), roleRule],
  'enabled as a text': [line({ enabled: 'false' }), 'enabled: must be true or false'],
  'verified as a number': [line({ verified: 1 }), 'verified: must be true or false'],
  'a time as a text': [line({ createdAt: 'today' }), 'createdAt: must be a number'],
  'a time before all times': [line({ createdAt: -1 }), 'createdAt: must not be negative'],
  'a time after all times': [
    line({ createdAt: 0 }).replace('"createdAt":0', '"createdAt":1e999'),
    'createdAt: must be in whole seconds',
  ],
  'a hash that is no text': [line({ hash: null }), 'hash: must be a text'],
  'a plain password': [line({ hash: 'itsnosecret' }), hashRule],
  'a hash of bcrypt': [line({ hash: `$2a$04$${'a'.repeat(53)}` }), hashRule],
  'a hash of argon2i': [line({ hash: HASH.replace('argon2id', 'argon2i') }), hashRule],
  'a hash that takes 2 GB': [line({ hash: HASH.replace('m=19456', 'm=2000000') }), hashRule],
  'a hash that takes hours': [line({ hash: HASH.replace('t=2', 't=4000000') }), hashRule],
  'a hash so short that another password has it, too': [
    line({ hash: HASH.slice(0, -33) }),
    hashRule,
  ],
  'a hash without its end': [line({ hash: HASH.slice(0, 40) }), hashRule],
}

t.test('a line that is wrong is told by its number, and nothing is imported', async (t) => {
  const disk = onDisk(t)
  await disk.store(async (store) => {
    const server = await testAccounts({ store })
    const deps = { ...server, now: () => NOW }
    for (const [what, [text, ...problems]] of Object.entries(wrong)) {
      const bytes = Buffer.concat([Buffer.from(`${line({ name: 'bob' })}\n\n`), Buffer.from(text)])
      const said = problems.map((problem) => `\n  line 3: ${problem}`).join('')
      const message = `Cannot import these lines, so nothing is imported:${said}`
      const error = await importUsers(bytes, deps).catch((error: Error) => error)
      t.equal((error as Error).message, message, what)
    }
    t.same(await server.users.page(undefined, 1), [])
  })
})

t.test('one name twice is refused, in whatever capitals', async (t) => {
  const { stderr } = await onDisk(t).command(
    ['import'],
    [line(), line({ name: 'bob' }), line({ name: 'ADA' }), line({ name: 'Ada' })].join('\n'),
  )
  t.match(
    stderr,
    /\n {2}line 3: name: is that of line 1, too\n {2}line 4: name: is that of line 1, too\n$/,
  )
})

t.test('of very many wrong lines the first are told', async (t) => {
  const { stderr } = await onDisk(t).command(['import'], '{}\n'.repeat(10))
  t.equal(stderr.split('\n').length, 1 + 20 + 2)
  t.match(stderr, /\n {2}and 20 more\n$/)
})

t.test('a record that cannot be read is not exported, and that is said', async (t) => {
  const disk = onDisk(t)
  await disk.server(async (server) => {
    await signUp(server, 'ada')
    await server.store.insert({ kind: 'user', owner: 'all', id: 'bob' }, 'not JSON')
  })
  const { code, stdout, stderr } = await disk.command(['export'])
  t.equal(code, 1)
  t.match(stdout, /^\{"name":"ada",[^\n]*\n$/)
  t.match(stderr, /^Cannot export bob: the record is damaged\nExported 1 user\. /)
  const taken = await disk.command(['import'], line({ name: 'bob' }))
  t.match(taken.stderr, /line 1: name: is taken/, 'and its name stays taken')
})

t.test('an import that is cut off says how far it came', async (t) => {
  const server = await testAccounts()
  const { users } = server
  const lines = Buffer.from(['ada', 'bob', 'eve'].map((name) => line({ name })).join('\n'))
  const state = 'All lines before line 2 are imported, and none behind it'
  const cutOff = (create: typeof users.create) => {
    const found = { find: async () => undefined, create }
    return importUsers(lines, { users: found, now: () => NOW })
  }
  const gone = async () => {
    throw new StoreUnavailable('write')
  }
  await t.rejects(
    cutOff(async (user, now) => await (user.name === 'bob' ? gone() : users.create(user, now))),
    { message: `Cannot import line 2: Cannot write: the store does not answer. ${state}` },
  )
  t.same(
    (await users.page(undefined, 9)).map(({ id }) => id),
    ['ada'],
  )

  await users.remove('ada')
  await users.create({ name: 'bob', hash: HASH }, NOW)
  const taken = { message: `Cannot import line 2: Its name was taken meanwhile. ${state}` }
  await t.rejects(
    cutOff(async (user, now) => await users.create(user, now)),
    taken,
  )
})

t.test('a store that does not answer while names are looked up: nothing is imported', async (t) => {
  const { users } = await testAccounts()
  const find = async () => {
    throw new StoreUnavailable('look')
  }
  const deps = { users: { find, create: users.create }, now: () => NOW }
  await t.rejects(importUsers(Buffer.from(line()), deps), { name: 'StoreUnavailable' })
})

t.test('a reader of the export who has left ends it', async (t) => {
  const server = await testAccounts()
  await signUp(server, 'ada')
  const gone = new Writable({ write: (_chunk, _encoding, done) => done(new Error('write EPIPE')) })
  const streams = { stdout: gone, stderr: process.stderr }
  await t.rejects(exportUsers(server.users, streams), { message: 'write EPIPE' })
})
