import t from 'tap'
import { readConfig } from '../../../example/issuer/config.ts'
import { passwordRule } from '../../../example/issuer/password-file.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { configProblems } from '../../support/refusal.ts'

const problemsOf = (given: Record<string, string>) => configProblems(readConfig, given)

t.test('what holds where nothing is said', async (t) => {
  t.hasStrict(readConfig({}), {
    port: 8082,
    issuer: 'http://localhost:8082',
    storeUrl: { engine: 'level', folder: './data/issuer' },
    grantLimits: { longestSeconds: 2_592_000, perUser: 100, perApplication: 10_000 },
    defaults: {
      alg: 'ES256',
      encryption: { alg: 'ECDH-ES+A256KW', curve: 'P-256', enc: 'A256GCM' },
      policy: 'noRefresh',
      maxAccessSeconds: 900,
      maxRefreshSeconds: 259_200,
      keySeconds: 15_552_000,
    },
  })
})

t.test('what is wrong is said by name, and never the password', async (t) => {
  const wrong: Array<[given: Record<string, string>, problem: string]> = [
    [{ SIG_BITS: '512' }, 'SIG_BITS: a key for ES256 has 256 bits here'],
    [{ ENC_BITS: '300' }, 'ENC_BITS: must be 256, 384 or 521'],
    [{ ACCESS_LIFETIME: '7d' }, 'REFRESH_LIFETIME: must be longer than ACCESS_LIFETIME'],
    [{ REFRESH_LIFETIME: '200d' }, 'KEY_LIFETIME: must be longer than REFRESH_LIFETIME'],
    [{ ISSUER_NAME: 'a\u001b[2J' }, 'ISSUER_NAME: must be 1 to 64 letters, digits, spaces or ._-'],
    [{ ISSUER_PASSWORD: 'short-4hG' }, `ISSUER_PASSWORD: ${passwordRule}`],
    [{ ISSUER_PASSWORD: ' '.repeat(12) }, `ISSUER_PASSWORD: ${passwordRule}`],
    [{ ACCESS_LIFETIME: '8d' }, 'ACCESS_LIFETIME: must be 7d or less'],
  ]
  for (const [given, problem] of wrong) t.strictSame(problemsOf(given), [problem])
  t.match(problemsOf({ ENC_ALG: 'RSA1_5' })[0], /^ENC_ALG: .+/)
})

t.test('in production the address and the password must be given', async (t) => {
  const where = 'must be given in production (NODE_ENV)'
  const NODE_ENV = 'production'
  const all = [`PUBLIC_ORIGIN: ${where}`, `ISSUER_PASSWORD: ${where}`]
  t.strictSame(problemsOf({ NODE_ENV }), all)
  t.strictSame(problemsOf({ NODE_ENV, ISSUER_PASSWORD_FILE: '/no/such/file' }), all)
  const given = { NODE_ENV, PUBLIC_ORIGIN: 'https://id.example' }
  t.strictSame(problemsOf({ ...given, ISSUER_PASSWORD: 'of-the-store-4hG' }), [])
  t.strictSame(problemsOf({ ...given, STORE_URL: 'memory:' }), [], 'memory has none')
})

t.test('a password in a file is all of its one line', async (t) => {
  const folder = temporaryFolder(t, {
    good: ' with-spaces-4hG \r\n',
    short: 'short-4hG\n',
    blank: `${' '.repeat(12)}\n`,
    lines: 'of-the-store-4hG\nof-the-store-4hG\n',
  })
  const reading = (name: string) => readConfig({ ISSUER_PASSWORD_FILE: `${folder}/${name}` })
  t.equal(reading('good').password, ' with-spaces-4hG ')
  for (const name of ['short', 'blank', 'lines'])
    t.throws(() => reading(name), {
      message: `Cannot use the password in ${folder}/${name}: it must be one line, and ${passwordRule}`,
    })
  const both = { ISSUER_PASSWORD: 'of-the-store-4hG', ISSUER_PASSWORD_FILE: `${folder}/short` }
  t.hasStrict(readConfig(both), { password: 'of-the-store-4hG', passwordFile: undefined })
})
