import { bareOf } from './bare-text.ts'

/**
 * What stands in tutorials, in READMEs, in answers on the web and in every list that guessing starts with: small
 * letters and digits alone. Six characters or more, since shorter ones stand in random text by chance.
 */
// biome-ignore format: a line for each kind
const wellKnown: readonly string[] = [
  'secret', 'secr3t', 's3cret', 's3cr3t', '5ecret', 'sekret', 'geheim', 'secreto',
  'password', 'passw0rd', 'pa55word', 'p4ssword', 'p455w0rd', 'passwort', 'passphrase',
  'changeit', 'changeme', 'changethis', 'changein', 'change2', 'replace', 'placeholder',
  'insertyour', 'enteryour', 'puthere', 'fillin', 'yourown',
  'example', 'sample', 'default', 'generate', 'random', 'please', 'atleast', 'minimum',
  'characters', 'longenough', 'verylong', 'supersafe', 'secure', 'security', 'private',
  'signing', 'signature', 'session', 'production', 'development', 'staging', 'localhost',
  'webtoken', 'accesstoken', 'refreshtoken', 'jwttoken', 'tokenkey', 'jwtkey', 'authkey',
  'apikey', 'masterkey', 'encryption', 'authentication', 'yourkey', 'yourjwt',
  'donotshare', 'dontshare', 'dontuse', 'donotuse', 'keyboardcat', 'keyboard', 'tutorial',
  'letmein', 'iloveyou', 'welcome', 'shhhhh', 'foobar', 'helloworld', 'loremipsum',
  'qwertyui', 'qwertzui', 'asdfghjk', 'zxcvbnm', '1q2w3e4r', 'administrator', 'testtest',
  'testing', 'unsafe', 'insecure', 'jsonweb', 'bezkoder', 'ncrfujxn',
]

/** The first of these words in a text, whatever its capitals and whatever stands between the letters. */
export function wellKnownWordIn(text: string): string | undefined {
  const bare = bareOf(text)
  return wellKnown.find((word) => bare.includes(word))
}
