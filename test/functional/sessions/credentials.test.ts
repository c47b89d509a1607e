import t from 'tap'
import { credentialsOf } from '../../../example/sessions/credentials.ts'

const account = { username: 'ada', password: 'a phrase for tests' }

t.test('the user name and the password of the account are accepted', async (t) => {
  t.equal(credentialsOf(account)(account), true)
})

t.test('what else a client sends does not matter', async (t) => {
  t.equal(credentialsOf(account)({ ...account, admin: 'true' }), true)
})

t.test('an account may have any letters', async (t) => {
  const check = credentialsOf({ username: 'ada', password: 'пароль 🔑' })
  t.equal(check({ username: 'ada', password: 'пароль 🔑' }), true)
  t.equal(check({ username: 'ada', password: 'пароль 🔒' }), false)
})

const refused: Record<string, unknown> = {
  'another password': { ...account, password: 'a phrase for tesTs' },
  'a password that begins right': { ...account, password: 'a phrase' },
  'a password that goes on': { ...account, password: 'a phrase for tests.' },
  'a very long password': { ...account, password: 'a'.repeat(100_000) },
  'an empty password': { ...account, password: '' },
  'another user name': { ...account, username: 'bob' },
  'the user name in another case': { ...account, username: 'Ada' },
  'both the wrong way round': { username: account.password, password: account.username },
  'no password': { username: account.username },
  'no user name': { password: account.password },
  'a number': { ...account, password: 1 },
  'a list that reads like the password': { ...account, password: [account.password] },
  'an object': { ...account, username: { toString: () => 'ada' } },
  nothing: {},
  null: null,
  undefined: undefined,
}
for (const [what, given] of Object.entries(refused)) {
  t.test(`${what} is refused, without an exception`, async (t) => {
    t.equal(credentialsOf(account)(given), false)
  })
}
