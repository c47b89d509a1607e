import t from 'tap'
import { credentialsOf } from '../../../example/sessions/credentials.ts'

const account = { username: 'ada', password: 'a phrase for tests' }

t.test('the user name and the password of the account: its subject', async (t) => {
  t.equal(credentialsOf(account)(account), 'ada')
})

t.test('what else a client sends does not matter', async (t) => {
  t.equal(credentialsOf(account)({ ...account, admin: 'true' }), 'ada')
})

t.test('an account may have any letters', async (t) => {
  const check = credentialsOf({ username: 'ada', password: 'пароль 🔑' })
  t.equal(check({ username: 'ada', password: 'пароль 🔑' }), 'ada')
  t.equal(check({ username: 'ada', password: 'пароль 🔒' }), undefined)
})

// Who is refused is in test/security/guessing-passwords.test.ts.
