import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { newSecret, secretFromFile, weakness } from '../../../example/sessions/secret.ts'
import { SECRET } from '../../support/fixtures.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { messageOf } from '../../support/refusal.ts'

t.test('weakness()', async (t) => {
  const good = {
    'the secret of the tests': SECRET,
    '32 random bytes in hexadecimal':
      '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    '32 bytes in fewer characters': 'ключ-из-случайных-бай',
  }
  for (const [what, secret] of Object.entries(good))
    t.test(`finds none in ${what}`, async (t) => t.equal(weakness(secret), undefined))

  const bytes = (count: number) => `is ${count} bytes long: use 32 or more`
  const word = (known: string) => `contains the well-known "${known}": use random bytes`
  const weak: Record<string, string> = {
    '': bytes(0),
    x: bytes(1),
    secret: bytes(6),
    cA7dE9fQ2xK5vR8mZ3wB6nL1pT4yU0s: bytes(31),
    CHANGE_THIS_TO_SOMETHING_RANDOM_: word('change_this'),
    'please-Change-Me-0123-abcdef-xyz': word('change-me'),
    'your-256-bit-secret-your-256-bit': word('your-256-bit-secret'),
    'KEYBOARD CAT sat on the old mat!': word('keyboard cat'),
    'itsnosecret-cA7dE9fQ2xK5vR8mZ3wB': word('itsnosecret'),
    MySuperSecretSigningPhrase123456: word('supersecret'),
    '0123456789abcdef0123456789abcdef': word('0123456789abcdef0123456789abcdef'),
    aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: 'repeats a few characters: use random bytes',
    '9f86d081884c7d659a2feaa0c55ad015': 'is 16 bytes in hexadecimal: use 32 or more',
    '9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A0':
      'is 31 bytes in hexadecimal: use 32 or more',
    abcabcabcabcabcabcabcabcabcabcabcabc: 'repeats a few characters: use random bytes',
  }
  for (const [secret, reason] of Object.entries(weak)) {
    t.test(`refuses "${secret}": it ${reason}`, async (t) => t.equal(weakness(secret), reason))
  }
})

t.test('newSecret()', async (t) => {
  t.test('is 256 random bits, and never weak', async (t) => {
    const secrets = Array.from({ length: 1000 }, newSecret)
    t.equal(new Set(secrets).size, 1000)
    for (const secret of secrets) {
      if (!/^[\w-]{43}$/.test(secret) || weakness(secret) !== undefined) t.fail('a weak secret')
    }
  })
})

t.test('secretFromFile()', async (t) => {
  t.test('makes the file once, and reads it from then on', async (t) => {
    const path = join(temporaryFolder(t), 'data', 'secret')
    const made = secretFromFile(path)
    t.match(made, /^[\w-]{43}$/)
    t.equal(readFileSync(path, 'utf8'), `${made}\n`)
    t.equal(secretFromFile(path), made)
  })

  t.test('makes the file and its folder for their owner alone', async (t) => {
    const folder = join(temporaryFolder(t), 'data')
    secretFromFile(join(folder, 'secret'))
    t.equal(statSync(join(folder, 'secret')).mode & 0o777, 0o600)
    t.equal(statSync(folder).mode & 0o777, 0o700)
  })

  t.test('reads a secret that somebody put there', async (t) => {
    const path = join(temporaryFolder(t, { secret: `  ${SECRET}\r\n` }), 'secret')
    chmodSync(path, 0o400)
    t.equal(secretFromFile(path), SECRET)
  })

  for (const mode of [0o644, 0o640, 0o620, 0o604, 0o601]) {
    t.test(`refuses a file of mode ${mode.toString(8)}, which others may use`, async (t) => {
      const path = join(temporaryFolder(t, { secret: SECRET }), 'secret')
      chmodSync(path, mode)
      const message = `Cannot use the secret in ${path}: others may read it. Run: chmod 600 ${path}`
      t.equal(
        messageOf(() => secretFromFile(path)),
        message,
      )
      t.equal(readFileSync(path, 'utf8'), SECRET, 'and leaves it as it was')
    })
  }

  const weak = {
    'an empty file, from a start that was cut off': '',
    'a short secret': 'tiny-one',
    'a well-known secret': 'CHANGE_THIS_TO_SOMETHING_RANDOM_',
  }
  for (const [what, content] of Object.entries(weak)) {
    t.test(`refuses ${what}, and does not print it`, async (t) => {
      const path = join(temporaryFolder(t), 'secret')
      writeFileSync(path, content, { mode: 0o600 })
      const message = messageOf(() => secretFromFile(path))
      t.match(message, /^Cannot use the secret in .*delete the file for a new one$/)
      if (content !== '') t.notOk(message.includes(content))
    })
  }

  t.test('says why a file cannot be made', async (t) => {
    const path = join(temporaryFolder(t), 'n'.repeat(300))
    t.throws(() => secretFromFile(path), { code: 'ENAMETOOLONG' })
  })

  t.test('does not take a folder for a file', async (t) => {
    const path = join(temporaryFolder(t), 'secret')
    mkdirSync(path, { mode: 0o700 })
    t.throws(() => secretFromFile(path), { code: 'EISDIR' })
  })
})
