import { readFileSync } from 'node:fs'
import t from 'tap'
import { userRule } from '../../../../example/issuer/user.ts'
import { temporaryFolder } from '../../../support/folder.ts'
import { command } from './command-line.ts'

const memory = { STORE_URL: 'memory:' }
const configOf = async (args: string[], environment = {}, fromFile = {}) =>
  (await command(args, { environment: { ...memory, ...environment }, fromFile })).config

t.test(
  'a flag counts before the environment, that before the file, and that before the default',
  async (t) => {
    const file = { SIG_ALG: 'RS256', ISSUER_NAME: 'file', ACCESS_LIFETIME: '2m', PORT: '8083' }
    const environment = {
      JWTIS_SIG_ALG: 'PS256',
      ISSUER_NAME: 'environment',
      ACCESS_LIFETIME: '3m',
    }
    const config = await configOf(['-a', '4m'], environment, file)
    t.hasStrict(config?.defaults, {
      maxAccessSeconds: 240,
      alg: 'PS256',
      maxRefreshSeconds: 259_200,
    })
    t.hasStrict(config, { name: 'environment', port: 8083 })
  },
)

t.test('our name of a variable counts before another, unless it is empty', async (t) => {
  const both = { JWTIS_NAME: 'other', ISSUER_NAME: 'ours' }
  t.equal((await configOf([], both))?.name, 'ours')
  t.equal((await configOf([], { ...both, ISSUER_NAME: '' }))?.name, 'other')
  t.equal((await configOf([], { JWTIS_NAME: '' }))?.name, 'Issuer')
  t.equal((await configOf([], {}, { JWTIS_NAME: 'of a file' }))?.name, 'of a file')
})

t.test('the flags of JWTIS, as they stand in its README', async (t) => {
  const line = `--listen 127.0.0.1:4343 --sigAlg ES256 --sigBits 256 --encAlg ECDH-ES+A256KW --encBits 256
    --contEnc A256GCM --expiry 4320h --authTTL 72h --refreshTTL 720h --name JWTIS --dbPath ./data/keys.db --verbose`
  const config = await configOf(line.split(/\s+/), { LOG_LEVEL: 'error' })
  t.hasStrict(config, {
    host: '127.0.0.1',
    port: 4343,
    name: 'JWTIS',
    logLevel: 'info',
    storeUrl: { engine: 'level', folder: './data/keys.db' },
    defaults: {
      alg: 'ES256',
      encryption: { alg: 'ECDH-ES+A256KW', curve: 'P-256', enc: 'A256GCM' },
      keySeconds: 4320 * 3600,
      maxAccessSeconds: 72 * 3600,
      maxRefreshSeconds: 720 * 3600,
    },
  })
  const short = '-l [::1]:4343 -e 4320h -a 72h -r 720h -n JWTIS -d ./data/keys.db -v'
  t.hasStrict(await configOf(short.split(' ')), { ...config, host: '::1' })
})

t.test('its variables, too', async (t) => {
  const environment = {
    JWTIS_ADDRESS: 'localhost:4343',
    JWTIS_SIG_ALG: 'ES384',
    JWTIS_SIG_BITS: '384',
    JWTIS_ENC_ALG: 'ECDH-ES',
    JWTIS_ENC_BITS: '521',
    JWTIS_CONT_ENC: 'A128GCM',
    JWTIS_EXPIRY: '100h',
    JWTIS_AUTH_TTL: '1h',
    JWTIS_REFRESH_TTL: '2h',
    JWTIS_PSWD: 'not-a-real-one-4hG',
    JWTIS_DB_PATH: './keys',
    JWTIS_VERBOSE: 'true',
    JWTIS_TLS: 'false',
  }
  const { config } = await command([], { environment, fromFile: { LOG_LEVEL: 'silent' } })
  t.hasStrict(config, {
    host: 'localhost',
    port: 4343,
    password: 'not-a-real-one-4hG',
    logLevel: 'info',
    storeUrl: { engine: 'level', folder: './keys' },
    defaults: {
      alg: 'ES384',
      encryption: { alg: 'ECDH-ES', curve: 'P-521', enc: 'A128GCM' },
      keySeconds: 360_000,
      maxAccessSeconds: 3600,
      maxRefreshSeconds: 7200,
    },
  })
  const quiet = { ...environment, JWTIS_VERBOSE: '0' }
  const { config: still } = await command([], {
    environment: quiet,
    fromFile: { LOG_LEVEL: 'warn' },
  })
  t.equal(still?.logLevel, 'warn')
})

t.test('flags may have one dash, as programs in Go write them', async (t) => {
  const config = await configOf(['-dev', '-port=9000', '-origins', 'https://a.example', '--'], {
    NODE_ENV: 'production',
  })
  t.hasStrict(config, { teaching: true, port: 9000, allowedOrigins: ['https://a.example'] })
  t.equal(config?.passwordFile, './data/issuer/password')
})

t.test('a password on the command line works, and a warning says who sees it', async (t) => {
  const options = { environment: memory }
  const { code, stderr, config } = await command(['-p', 'not-a-real-one-4hG'], options)
  t.equal(code, 0)
  t.equal(config?.password, 'not-a-real-one-4hG')
  t.match(stderr, /^Whoever is on this machine sees the password in the list of processes: .*\n$/)
  t.notMatch(stderr, '4hG')
  const worker = await command(['-p', 'not-a-real-one-4hG'], { ...options, isFirst: false })
  t.equal(worker.stderr, '', 'once, not by every process')
})

t.test('what makes no sense is refused in one sentence', async (t) => {
  const about = 'Cannot read the command line: '
  const settings = 'Cannot start with these settings:\n  '
  const refused: Array<[args: string[], sentence: string]> = [
    [['--foo'], `${about}unknown option '--foo'. See --help`],
    [['--foo=s3cret'], `${about}unknown option '--foo'. See --help`],
    [['--sigalg', 'ES256'], `${about}unknown option '--sigalg'; --sigAlg is one. See --help`],
    [['-orgins=x'], `${about}unknown option '-o'. See --help`],
    [['--orgins=x'], `${about}unknown option '--orgins'; --origins is one. See --help`],
    [['--admin', 'ada'], `${about}--admin goes with --init. See --help`],
    [['--init', '--admin', 'a b'], `${about}--admin ${userRule}. See --help`],
    [
      ['--init', '-change-password'],
      `${about}--init and --change-password do not go together. See --help`,
    ],
    [['-x'], `${about}unknown option '-x'. See --help`],
    [['-p', 'half', 'of-it'], `${about}a word in it belongs to no flag. See --help`],
    [['--name'], `${about}option '-n, --name <value>' argument missing. See --help`],
    [['--dev=yes'], `${about}option '--dev' does not take an argument. See --help`],
    [
      ['--tls'],
      `${settings}--tls: is refused: a proxy in front does TLS, and PUBLIC_ORIGIN is its address`,
    ],
    ...['8082', ':8082', 'a b:1', 'localhost:', '::1:80'].map((address): [string[], string] => [
      ['-l', address],
      `${settings}-l: must be host:port, such as 127.0.0.1:8082`,
    ]),
  ]
  for (const [args, sentence] of refused)
    t.same(
      await command(args, { environment: memory }),
      { code: 1, stdout: '', stderr: `${sentence}\n`, config: undefined },
      args.join(' '),
    )
})

t.test(
  'settings are refused as they are elsewhere, and named as they were typed, too',
  async (t) => {
    const refusalOf = async (args: string[], environment = {}) => {
      const { code, stderr } = await command(args, { environment: { ...memory, ...environment } })
      t.equal(code, 1)
      return stderr.replace('Cannot start with these settings:\n', '')
    }
    t.match(
      await refusalOf(['--sigAlg', 'none']),
      /^ {2}SIG_ALG \(--sigAlg\): must be one of HS256/,
    )
    t.equal(
      await refusalOf(['-a', '1', '-l', 'localhost:99999'], { LOG_LEVEL: 'loud' }),
      `  PORT (-l): must be 65535 or less
  LOG_LEVEL: must be info, warn, error or silent
  ACCESS_LIFETIME (-a): must be a duration such as 90s, 10m, 1h30m or 7d
`,
    )
    t.match(await refusalOf(['-dbPath', '']), /^ {2}STORE_URL \(--dbPath\): /)
    t.match(await refusalOf([], { JWTIS_TLS: 'true' }), /^ {2}JWTIS_TLS: is refused: a proxy/)
    t.match(await refusalOf([], { JWTIS_ADDRESS: '8082' }), /^ {2}JWTIS_ADDRESS: must be host:port/)
  },
)

t.test('what goes wrong elsewhere is said as it is', async (t) => {
  const ISSUER_PASSWORD_FILE = temporaryFolder(t)
  const { stderr } = await command([], { environment: { ...memory, ISSUER_PASSWORD_FILE } })
  t.match(stderr, /^Cannot /)
  t.notMatch(stderr, 'settings')
})

t.test('--version says what package.json says, and nothing starts', async (t) => {
  const { version } = JSON.parse(
    readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8'),
  )
  for (const flag of ['-V', '--version'])
    t.same(await command([flag]), {
      code: 0,
      stdout: `${version}\n`,
      stderr: '',
      config: undefined,
    })
})
