import t from 'tap'
import { passwordWeakness } from '../../../example/sessions/weak-password.ts'

t.test('passwords that are guessed first', async (t) => {
  const refused: Record<string, string> = {
    '': 'must have 8 characters or more',
    short1: 'must have 8 characters or more',
    Password2024: 'is little more than "password", which is guessed first',
    'P-a-s-s-w-o-r-d-1': 'is little more than "password", which is guessed first',
    'P@ssw0rd': 'is little more than "passw0rd", which is guessed first',
    adminadmin: 'is little more than "admin", which is guessed first',
    iloveyou: 'is little more than "iloveyou", which is guessed first',
    'Sunshine!!': 'is little more than "sunshine", which is guessed first',
    qwerty1234: 'is little more than "qwerty", which is guessed first',
    admin123: 'is little more than "admin", which is guessed first',
    'Lovelace-42': 'is little more than the user name',
    'lovelace!': 'is little more than the user name',
    '12345678': 'repeats a few characters, or follows the alphabet or the digits',
    abababab: 'repeats a few characters, or follows the alphabet or the digits',
  }
  for (const [password, reason] of Object.entries(refused))
    t.equal(passwordWeakness(password, 'lovelace'), reason, password)
})

t.test('phrases and random ones are let pass, whatever words they hold', async (t) => {
  for (const password of [
    'correct-horse-battery',
    'a phrase for tests, and for nothing else',
    'my private garden has 12 roses',
    'Xk2!vq9Zt',
    '!@#$%^&*()_+-=',
    'the master of lovelace and her dragon',
    'пароль-из-четырёх-слов',
  ])
    t.equal(passwordWeakness(password, 'lovelace'), undefined, password)
})
