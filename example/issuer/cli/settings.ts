// Every setting and every flag, once: with its other names, and with the sentence that `--help` and the file of `--conf` say.
import { ConfigError } from '../../server/read-settings.ts'
import type { Given } from '../../server/types.ts'

export interface Setting {
  /** The name in the environment and in a file; absent for a flag that stands for others. */
  readonly name?: string
  /** By default. */
  readonly value?: string
  readonly flag?: string
  readonly short?: string
  /** What the flag wants behind it; nothing for one that is there or not. */
  readonly takes?: string
  /** How another issuer calls it in the environment. */
  readonly alias?: string
  /** What a value comes to in settings, where it is not a value of its own. */
  readonly means?: (value: string) => Given
  readonly about: string
}

const devFile = './data/issuer/password'

// biome-ignore format: a line for each, and one for what it is about
export const settings: readonly Setting[] = [
  { flag: 'listen', short: 'l', takes: 'host:port', alias: 'JWTIS_ADDRESS', means: listenOn,
    about: 'The address to listen on: HOST and PORT in one.' },
  { name: 'HOST', value: '127.0.0.1',
    about: 'The address to listen on. Anything but a loopback address turns teaching mode off.' },
  { name: 'PORT', value: '8082', flag: 'port', takes: 'number',
    about: 'The port to listen on; 0 takes a free one.' },
  { name: 'NODE_ENV', value: 'development',
    about: '`production` turns teaching mode off; PUBLIC_ORIGIN and the password must then be given.' },
  { flag: 'dev', means: () => ({ NODE_ENV: 'development', ISSUER_PASSWORD_FILE: devFile }),
    about: `While you develop: the password of a new store is kept in ${devFile}.` },
  { flag: 'tls', alias: 'JWTIS_TLS', means: refuseTls,
    about: 'Is refused: a proxy in front does TLS, and PUBLIC_ORIGIN is its https address.' },
  { name: 'PUBLIC_ORIGIN', value: '', flag: 'origin', takes: 'origin',
    about: 'Where verifiers find this server, if not at its own address: https://id.example.org behind a proxy. Turns teaching mode off.' },
  { name: 'ISSUER_NAME', value: 'Issuer', flag: 'name', short: 'n', takes: 'name', alias: 'JWTIS_NAME',
    about: 'What the server calls itself at its start.' },
  { name: 'STORE_URL', value: 'level:./data/issuer', flag: 'store', takes: 'url',
    about: 'Where the records are kept: level:<folder> on disk, memory: until the server stops, or redis://user:password@host:6379 and its kin.' },
  { flag: 'dbPath', short: 'd', takes: 'folder', alias: 'JWTIS_DB_PATH', means: (folder) => ({ STORE_URL: `level:${folder}` }),
    about: 'The folder of the store, where it is on disk.' },
  { name: 'ISSUER_PASSWORD', value: '', flag: 'pswd', short: 'p', takes: 'password', alias: 'JWTIS_PSWD',
    about: 'Opens the store, which is sealed with it. As a flag, everybody on the machine sees it in the list of processes.' },
  { name: 'ISSUER_PASSWORD_FILE', value: '', flag: 'pswd-file', takes: 'file',
    about: 'A file with that password. Where it is missing and the store is new, teaching mode makes it.' },
  { name: 'SIG_ALG', value: 'ES256', flag: 'sigAlg', takes: 'name', alias: 'JWTIS_SIG_ALG',
    about: 'How tokens are signed, unless an application wishes something else: HS256 to PS512, ES256 to ES512, EdDSA.' },
  { name: 'SIG_BITS', value: '', flag: 'sigBits', takes: 'number', alias: 'JWTIS_SIG_BITS',
    about: 'How long the key for it is; refused where the algorithm has another length here.' },
  { name: 'ENC_ALG', value: 'ECDH-ES+A256KW', flag: 'encAlg', takes: 'name', alias: 'JWTIS_ENC_ALG',
    about: 'How the key of an encrypted refresh token is agreed on or wrapped.' },
  { name: 'ENC_BITS', value: '', flag: 'encBits', takes: 'number', alias: 'JWTIS_ENC_BITS',
    about: 'How long the key for it is: 256, 384 or 521 bits on a curve, which is 256 where nothing is said, 3072 with RSA.' },
  { name: 'CONT_ENC', value: 'A256GCM', flag: 'contEnc', takes: 'name', alias: 'JWTIS_CONT_ENC',
    about: 'How refresh tokens are encrypted: A128GCM, A192GCM or A256GCM.' },
  { name: 'KEY_LIFETIME', value: '4320h', flag: 'expiry', short: 'e', takes: 'duration', alias: 'JWTIS_EXPIRY',
    about: 'How long a key makes tokens before the next one does.' },
  { name: 'ACCESS_LIFETIME', value: '15m', flag: 'authTTL', short: 'a', takes: 'duration', alias: 'JWTIS_AUTH_TTL',
    about: 'How long an access token may last, unless an application wishes something else, at most 7d.' },
  { name: 'REFRESH_LIFETIME', value: '72h', flag: 'refreshTTL', short: 'r', takes: 'duration', alias: 'JWTIS_REFRESH_TTL',
    about: 'How long a refresh token may last.' },
  { name: 'SESSION_MAX_LIFETIME', value: '30d',
    about: 'When a session ends, however often its refresh token is exchanged; without that it ends with it.' },
  { name: 'SESSIONS_PER_USER', value: '100', flag: 'sessions', takes: 'number',
    about: 'How many sign-ins a user of a namespace may have at once; one more ends the oldest.' },
  { name: 'GRANTS_PER_APPLICATION', value: '10000', flag: 'grants', takes: 'number',
    about: 'How many pairs of tokens an application may have made for it at once, or a tenth more; the next one ends the oldest.' },
  { name: 'REFRESH_POLICY', value: 'noRefresh', flag: 'refresh', takes: 'policy',
    about: 'When a refresh token is exchanged: noRefresh, never; refreshOnExpire, near its end; refreshBoth, at every use.' },
  { name: 'ALLOWED_ORIGINS', value: '', flag: 'origins', takes: 'list',
    about: 'Origins whose scripts may call: https://app.example.org, with commas between them.' },
  { name: 'FAILED_SIGN_INS_PER_MINUTE', value: '10',
    about: 'How many wrong passwords in a minute may come from one address, and how many for one account.' },
  { name: 'SIGN_INS_PER_MINUTE', value: '100',
    about: 'How many sign-ins, right or wrong, one address may ask for in a minute.' },
  { name: 'FORWARDED_HOST', value: '',
    about: 'The host name under which a cloud workspace forwards the port; teaching mode answers to it besides localhost.' },
  { name: 'REDIS_CONNECT_MILLISECONDS', value: '2000',
    about: 'How long to wait for a connection to Redis.' },
  { name: 'REDIS_COMMAND_MILLISECONDS', value: '500',
    about: 'How long to wait for the answer to one command before the answer to the client is 503.' },
  { name: 'REDIS_WAIT_REPLICAS', value: '0',
    about: 'How many replicas must confirm what was promised before it is answered.' },
  { name: 'WORKERS', value: '1',
    about: 'How many processes share the port; more than one needs Redis.' },
  { name: 'LOG_LEVEL', value: 'info',
    about: 'What is printed: info, warn, error or silent.' },
  { flag: 'verbose', short: 'v', alias: 'JWTIS_VERBOSE', means: (on) => (isOn(on) ? { LOG_LEVEL: 'info' } : {}),
    about: 'LOG_LEVEL=info.' },
  { name: 'MAX_BODY_BYTES', value: '16384',
    about: 'The largest body of a request, in bytes.' },
  { name: 'MAX_HEADER_BYTES', value: '16384',
    about: 'The largest head of a request, in bytes.' },
  { name: 'MAX_CONNECTIONS', value: '1000',
    about: 'How many connections may be open at once.' },
  { name: 'REQUEST_TIMEOUT', value: '20s',
    about: 'How long a client may take to send a request.' },
  { name: 'TRUSTED_PROXIES', value: '0',
    about: 'How many proxies of yours stand in front: the address that the outermost one saw is believed.' },
  { name: 'REQUESTS_PER_SECOND', value: '1000',
    about: 'How many requests one address may make in a second.' },
]

/**
 * What a value of this setting comes to, under the names that the server reads.
 * @throws ConfigError that names it as it was given
 */
export function settingsOf({ name = '', means }: Setting, value: string, as: string): Given {
  try {
    return means === undefined ? { [name]: value } : means(value)
  } catch (error) {
    throw new ConfigError([`${as}: ${(error as Error).message}`])
  }
}

/** Settings under our names alone: what came under another name counts where ours is not there. */
export function byOurNames(given: Given): Given {
  const aliases = settings.filter(({ alias }) => alias !== undefined)
  const meant = aliases.map((setting) => {
    const value = given[`${setting.alias}`]
    return value ? settingsOf(setting, value, `${setting.alias}`) : {}
  })
  const ours = Object.entries(given).filter(
    ([name, value]) => value && !aliases.some(({ alias }) => alias === name),
  )
  return Object.fromEntries([...meant.flatMap(Object.entries), ...ours])
}

function listenOn(address: string): Given {
  const [, HOST, PORT] = /^(\[[\da-f:.]+\]|[^\s:]+):(\d+)$/i.exec(address) ?? []
  if (HOST === undefined || PORT === undefined)
    throw new Error('must be host:port, such as 127.0.0.1:8082')
  return { HOST, PORT }
}

function refuseTls(on: string): Given {
  if (!isOn(on)) return {}
  throw new Error('is refused: a proxy in front does TLS, and PUBLIC_ORIGIN is its address')
}

const isOn = (text: string) => /^(?:1|true|yes|on)$/i.test(text)
