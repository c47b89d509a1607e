import t from 'tap'
import { call, PASSWORD, signIn, testAccounts } from '../../../support/accounts.ts'

const line = 'POST /signup'
const body = { username: 'Ada', password: PASSWORD }
const browser = { accept: 'text/html' }

t.test('a new user has the role CLIENT, and no other', async (t) => {
  const server = await testAccounts()
  const res = await call(server, line, { body })
  t.hasStrict(res, { status: 201, body: '{"username":"Ada","roles":["CLIENT"]}' })
  t.hasStrict(await server.users.find('ada'), { roles: ['CLIENT'], enabled: true })
})

t.test('nobody names their own role: a field that is not known is refused', async (t) => {
  const server = await testAccounts()
  for (const more of [{ role: 'ADMIN' }, { roles: ['ADMIN'] }, { enabled: true }, { epoch: 'x' }]) {
    const res = await call(server, line, { body: { ...body, ...more } })
    t.equal(res.status, 400)
    t.match(res.body, `\\"${Object.keys(more)[0]}\\"`, 'by its name')
  }
  t.equal(await server.users.find('ada'), undefined)
})

t.test('a taken name: 409, whatever its capitals', async (t) => {
  const server = await testAccounts()
  await call(server, line, { body })
  const res = await call(server, line, { body: { ...body, username: 'ADA' } })
  const said = { error: 'conflict', error_description: 'username: is taken' }
  t.hasStrict(res, { status: 409, body: JSON.stringify(said) })
})

t.test('of fifty who sign up with one name at once, one wins', async (t) => {
  const server = await testAccounts({ environment: { SIGN_UPS_PER_MINUTE: '100' } })
  server.passwords.hash = async () => 'h' // so that all fifty come to the store at once
  const all = await Promise.all(Array.from({ length: 50 }, () => call(server, line, { body })))
  const statuses = all.map(({ status }) => status)
  t.equal(statuses.filter((status) => status === 201).length, 1)
  t.equal(statuses.filter((status) => status === 409).length, 49)
})

t.test('every reason against a name and a password is named at once', async (t) => {
  const res = await call(await testAccounts(), line, {
    body: { username: ':', password: 'newpass' },
  })
  t.hasStrict(res, { status: 422 })
  t.equal(
    JSON.parse(res.body).error_description,
    'username: must be 1 to 64 letters, digits or ._@+-, and begin with a letter or digit; ' +
      'password: must have 8 characters or more; ' +
      'password: is one of the passwords that are guessed first',
  )
})

t.test('one reason is enough', async (t) => {
  const server = await testAccounts()
  t.equal((await call(server, line, { body: { ...body, password: 'abababab' } })).status, 422)
  t.equal((await call(server, line, { body: { ...body, username: '-ada' } })).status, 422)
  t.strictSame(await server.users.page(undefined, 1), [])
})

t.test('neither is a text, or none came: the same as an empty one', async (t) => {
  for (const wrong of [{}, { username: ['ada'], password: { length: 20 } }, { username: 1 }])
    t.equal((await call(await testAccounts(), line, { body: wrong })).status, 422)
})

t.test('one address signs up so many times a minute', async (t) => {
  const server = await testAccounts({ environment: { SIGN_UPS_PER_MINUTE: '1' } })
  await call(server, line, { body })
  const res = await call(server, line, { body: { ...body, username: 'bob' } })
  t.hasStrict(res, { status: 429, headers: { 'retry-after': '60' } })
})

t.test('a sign-up that is refused counts, too: to look at a password is work', async (t) => {
  const server = await testAccounts({ environment: { SIGN_UPS_PER_MINUTE: '1' } })
  const weak = { body: { ...body, password: 'newpass' } }
  t.equal((await call(server, line, weak)).status, 422)
  t.equal((await call(server, line, weak)).status, 429)
})

t.test('a browser is signed in with it; a refusal is the form again, in sentences', async (t) => {
  const server = await testAccounts()
  const res = await call(server, line, { body, headers: browser })
  t.hasStrict(res, { status: 303, headers: { location: '/sessions' } })
  t.match(
    res.headers['set-cookie'],
    /^accounts=\S+; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/,
  )
  const taken = await call(server, line, { body, headers: browser })
  t.equal(taken.status, 409)
  t.match(taken.body, />The user name is taken\.</)
  t.match(taken.body, /name="username" value="Ada"/)
  t.notMatch(taken.body, PASSWORD)
  const weak = await call(server, line, { body: { ...body, password: 'short' }, headers: browser })
  t.match(weak.body, />The password must have 8 characters or more\. /)
})

t.test('the form', async (t) => {
  const res = await call(await testAccounts(), 'GET /signup')
  t.match(res.body, /<h1>Sign up<\/h1>/)
})

t.test('the name is good for signing in, in any capitals', async (t) => {
  const server = await testAccounts()
  await call(server, line, { body })
  t.ok((await signIn(server, 'aDa')).access_token)
})
