import t from 'tap'
import { passwordProblems } from '../../../example/password/rules.ts'

const problemsOf = (password: string, username = 'lovelace') => passwordProblems(password, username)

t.test('every reason is named', async (t) => {
  t.strictSame(await problemsOf('newpass'), [
    'must have 8 characters or more',
    'is one of the passwords that are guessed first',
  ])
})

t.test(
  'half of a character is none: as bytes, it would be the same as any other half',
  async (t) => {
    for (const half of ['\ud83d', '\ude00'])
      t.strictSame(await problemsOf(`${half} my private garden`), ['has half of a character'])
  },
)

t.test('what is guessed first', async (t) => {
  const common = 'is one of the passwords that are guessed first'
  const refused: Record<string, string> = {
    password: common,
    Password2024: common,
    'P@ssw0rd': common,
    'Sunshine!!': common,
    qwerty1234: common,
    iloveyou: common,
    'Lovelace-42': 'is little more than the user name',
    'love.lace': 'is little more than the user name',
    abababab: 'repeats a short group of characters',
    abcabcab: 'repeats a short group of characters',
    '😀😀😀😀😀😀😀😀': 'repeats a short group of characters',
    abcdefgh12: 'follows the alphabet or the digits',
    '98765432-x': 'follows the alphabet or the digits',
  }
  for (const [password, reason] of Object.entries(refused))
    t.ok((await problemsOf(password)).includes(reason), password)
})

t.test('phrases, random ones and every character of Unicode are let pass', async (t) => {
  for (const password of [
    'correct-horse-battery',
    'my private garden has 12 roses',
    'Xk2!vq9Zt',
    '  spaces at both ends  ',
    'пароль-из-четырёх-слов',
    'owl\0-music-box',
    '🦊🐢🐳🦉🐝🦋🐌🐙',
    'Lovelace and her engine',
  ])
    t.strictSame(await problemsOf(password), [], JSON.stringify(password))
})

t.test('as long as anybody types, and no longer: in bytes, before any hash', async (t) => {
  const long = (bytes: number) => 'a phrase of many words '.repeat(50).slice(0, bytes)
  t.strictSame(await problemsOf(long(64)), [])
  t.strictSame(await problemsOf(long(1024)), [])
  t.strictSame(await problemsOf(long(1025)), ['must have 1024 bytes or less'])
})

t.test('seven characters are seven, however many bytes they have', async (t) => {
  t.strictSame(await problemsOf('🦊🐢🐳🦉🐝🦋🐌'), ['must have 8 characters or more'])
})
