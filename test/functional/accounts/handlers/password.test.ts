import t from 'tap'
import {
  call,
  member,
  PASSWORD,
  refresh,
  signIn,
  signUp,
  testAccounts,
} from '../../../support/accounts.ts'

const line = 'POST /password'
const NEW = 'battery-horse-staple'

async function ada(environment: Record<string, string> = {}) {
  const server = await testAccounts({ environment })
  await signUp(server)
  const other = await member(server)
  const own = await member(server)
  return { server, own, other, token: own.access_token }
}

t.test('a new password for who knows the old one, and all other sessions end', async (t) => {
  const { server, own, other, token } = await ada()
  const body = { current_password: PASSWORD, new_password: NEW }
  t.hasStrict(await call(server, line, { token, body }), { status: 200, body: '{"changed":true}' })
  t.equal((await call(server, 'GET /welcome', { token })).status, 200, 'this one stays')
  t.equal((await refresh(server, own.refresh_token)).status, 200)
  t.equal((await call(server, 'GET /welcome', { token: other.access_token })).status, 401)
  t.equal((await refresh(server, other.refresh_token)).status, 401)
  t.ok((await signIn(server, 'ada', NEW)).access_token)
  t.notOk((await signIn(server, 'ada', PASSWORD)).access_token)
})

t.test('whoever has stolen a token does not know the password', async (t) => {
  const { server, other, token } = await ada()
  for (const body of [{ current_password: 'wrong', new_password: NEW }, { new_password: NEW }]) {
    const res = await call(server, line, { token, body })
    t.equal(res.status, 422)
    t.equal(JSON.parse(res.body).error_description, 'current_password: is not right')
  }
  t.equal((await call(server, 'GET /welcome', { token: other.access_token })).status, 200)
})

t.test('and cannot guess it here more often than at the sign-in', async (t) => {
  const { server, token } = await ada({ FAILED_SIGN_INS_PER_MINUTE: '2' })
  const body = { current_password: 'wrong', new_password: NEW }
  for (let n = 0; n < 2; n += 1) await call(server, line, { token, body })
  t.equal((await call(server, line, { token, body })).status, 429)
})

t.test(
  'one address changes and signs in so many times a minute, before a hash is computed',
  async (t) => {
    const server = await testAccounts({ environment: { SIGN_INS_PER_MINUTE: '1' } })
    await signUp(server)
    const { access_token: token } = await signIn(server)
    server.passwords.verify = async () => t.fail('a hash is computed')
    const body = { current_password: PASSWORD, new_password: NEW }
    t.equal((await call(server, line, { token, body })).status, 429)
  },
)

t.test('the rules are those of the sign-up', async (t) => {
  const { server, token } = await ada()
  const body = { current_password: PASSWORD, new_password: 'newpass' }
  const res = await call(server, line, { token, body })
  t.equal(res.status, 422)
  t.equal(
    JSON.parse(res.body).error_description,
    'new_password: must have 8 characters or more; ' +
      'new_password: is one of the passwords that are guessed first',
  )
})

t.test('of two changes at once one wins', async (t) => {
  const { server, token } = await ada()
  const change = (new_password: string) =>
    call(server, line, { token, body: { current_password: PASSWORD, new_password } })
  const both = await Promise.all([change(`${NEW}-1`), change(`${NEW}-2`)])
  t.strictSame(both.map(({ status }) => status).sort(), [200, 409])
})

t.test('as a form, with what is wrong, and never with a password', async (t) => {
  const { server, token } = await ada()
  const headers = { accept: 'text/html' }
  t.match((await call(server, 'GET /password', { token, headers })).body, /Change your password/)
  const body = { current_password: 'wrong-one', new_password: NEW }
  const res = await call(server, line, { token, headers, body })
  t.match(res.body, />The current password is not right\.</)
  t.notMatch(res.body, /wrong-one|staple/)
  const right = { current_password: PASSWORD, new_password: NEW }
  t.hasStrict(await call(server, line, { token, headers, body: right }), {
    status: 303,
    headers: { location: '/password/done' },
  })
})
