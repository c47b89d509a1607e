import t from 'tap'
import { sayWhyNot } from '../../../example/token/encryption-algorithms.ts'

t.test('sayWhyNot()', async (t) => {
  t.test('has nothing against what is on the lists', async (t) => {
    // biome-ignore format: a line for each kind
    const offered = [
      'RSA-OAEP', 'RSA-OAEP-256',
      'ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A192KW', 'ECDH-ES+A256KW',
      'A128GCM', 'A192GCM', 'A256GCM',
    ]
    for (const name of offered) t.equal(sayWhyNot(name), undefined, name)
  })

  t.test('says of a dangerous one what the danger is', async (t) => {
    const reasons: Record<string, RegExp> = {
      RSA1_5: /^RSA1_5 is not used here: its padding tells .*\(RFC 8725 §3\.2\)$/,
      'PBES2-HS512+A256KW': /^PBES2-HS512\+A256KW is not used here: a password can be guessed/,
      zip: /^zip is not used here: the length would tell what is inside/,
      DEF: /^DEF is not used here: the length/,
    }
    for (const [name, reason] of Object.entries(reasons)) t.match(sayWhyNot(name), reason)
  })

  t.test('names for any other what there is, and repeats nothing', async (t) => {
    for (const name of ['dir', 'A128KW', 'A128CBC-HS256', 'rsa1_5', '', '<b>', 'toString'])
      t.equal(
        sayWhyNot(name),
        'It is not one of RSA-OAEP, RSA-OAEP-256, ECDH-ES, ECDH-ES+A128KW, ECDH-ES+A192KW, ECDH-ES+A256KW, A128GCM, A192GCM, A256GCM',
      )
  })
})
