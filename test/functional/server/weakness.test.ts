import t from 'tap'
import { weakness } from '../../../example/server/weakness.ts'
import { SECRET } from '../../support/fixtures.ts'

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
const digits = (count: number) => `is ${count} bytes in hexadecimal: use 32 or more`
const spaces = 'has spaces, as sentences have: use random bytes'
const repeats = 'repeats a few characters: use random bytes'
const run = 'follows the alphabet or the digits: use random bytes'
const placeholder = 'is a placeholder: use random bytes'
const prose = 'is made of words: use random bytes'
const weak: Record<string, string> = {
  '': bytes(0),
  x: bytes(1),
  secret: bytes(6),
  cA7dE9fQ2xK5vR8mZ3wB6nL1pT4yU0s: bytes(31),
  CHANGE_THIS_TO_SOMETHING_RANDOM_: word('changethis'),
  'please-Change-Me-0123-abcdef-xyz': word('changeme'),
  'your-256-bit-secret-your-256-bit': word('secret'),
  'KEYBOARD CAT sat on the old mat!': word('keyboardcat'),
  'itsnosecret-cA7dE9fQ2xK5vR8mZ3wB': word('secret'),
  'My Super-S.e.c.r.e.t Signing Phrase': word('secret'),
  'THIS IS SUPER SECRET, DO NOT SHARE!': word('secret'),
  'REPLACE THIS WITH YOUR JWT SECRET': word('secret'),
  '<random_string_at_least_32_characters_long>': word('random'),
  '<put_jwt_hmac_key_of_32_bytes_in>': placeholder,
  '${THE_HMAC_KEY_OF_OUR_OWN_SERVER}': placeholder,
  abcdefghijklmnopqrstuvwxyz0123456789: run,
  zyxwvutsrqponmlkjihgfedcba987654: run,
  '32 bytes or more, as from openssl rand -base64 32': spaces,
  'the quick brown fox jumps over it': spaces,
  'correct-horse-battery-staple-four-words': prose,
  'TheBestOnlineStationeryShopIsRunning2024!': prose,
  my_dog_is_called_rex_and_he_likes_bones: prose,
  'node-express-mongo-auth-api-token-2021': prose,
  aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: repeats,
  abcabcabcabcabcabcabcabcabcabcabcabc: repeats,
  Xk29fJq0Lm3pV7wZXk29fJq0Lm3pV7wZ: repeats,
  '9f86d081884c7d659a2feaa0c55ad015': digits(16),
  '9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A0': digits(31),
  '0b4e1d5c-8d0f-4f1e-9a53-6c27d1b7e9f2': digits(16),
  '9f:86:d0:81:88:4c:7d:65:9a:2f:ea:a0:c5:5a:d0:15': digits(16),
  '404E635266556A586E3272357538782F413F4428472B4B6250645367566B5970': word('ncrfujxn'),
  [Buffer.from('the key of my very own server').toString('base64')]: spaces,
  [Buffer.from('correct-horse-battery-staple-four').toString('hex')]: prose,
}
for (const [secret, reason] of Object.entries(weak))
  t.test(`refuses "${secret}": it ${reason}`, async (t) => t.equal(weakness(secret), reason))
