import * as v from 'valibot'
import { storeFolder, storeUrlGrammar } from '../store/open.ts'
import { subjectGrammar } from '../token/checks-claims.ts'
import { parseDuration } from '../token/duration.ts'
import { newSecret, secretFromFile, weakness } from './secret.ts'

/** The well-known account of the lessons. Production refuses it. */
const demoAccount = { username: 'masterbuilder', password: 'itsnosecret' } as const

/** May this account be shown? Only while it is the well-known one. */
export function isDemoAccount({ username, password }: Config['account']): boolean {
  return username === demoAccount.username && password === demoAccount.password
}

const loopback = ['127.0.0.1', '::1', 'localhost']

const duration = (fallback: string) =>
  v.pipe(
    v.optional(v.string(), fallback),
    v.transform(parseDuration),
    v.number('must be a duration such as 90s, 10m, 1h30m or 7d'),
  )

const integer = (fallback: string, lowest: number, highest: number) =>
  v.pipe(
    v.optional(v.string(), fallback),
    v.regex(/^\d{1,9}$/, 'must be a whole number'),
    v.transform(Number),
    v.minValue(lowest, `must be ${lowest} or more`),
    v.maxValue(highest, `must be ${highest} or less`),
  )

const Environment = v.object({
  NODE_ENV: v.optional(
    v.picklist(
      ['development', 'test', 'production'],
      'must be development, test or production, in small letters',
    ),
  ),
  PORT: integer('1337', 0, 65535),
  PUBLIC_ORIGIN: v.optional(
    v.pipe(
      v.string(),
      v.check(isOrigin, 'must be an origin such as https://example.org, without a path'),
    ),
  ),
  STORE_URL: v.optional(
    v.pipe(v.string(), v.regex(storeUrlGrammar, 'must be memory: or level: and a folder')),
    'level:./data',
  ),
  JWT_SECRET: v.optional(
    v.pipe(
      v.string(),
      v.rawCheck(({ dataset, addIssue }) => {
        const reason = dataset.typed && weakness(dataset.value)
        if (reason) addIssue({ message: reason })
      }),
    ),
  ),
  SESSION_LIFETIME: v.pipe(duration('7d'), v.maxValue(365 * 86_400, 'must be 365d or less')),
  DEMO_USER: v.optional(
    v.pipe(v.string(), v.regex(subjectGrammar, 'must be 1 to 128 letters, digits or ._@+-')),
  ),
  DEMO_PASSWORD: v.optional(v.string()),
  LOG_LEVEL: v.optional(
    v.picklist(['info', 'warn', 'error', 'silent'], 'must be info, warn, error or silent'),
    'info',
  ),
  MAX_BODY_BYTES: integer('16384', 64, 1_048_576),
  MAX_HEADER_BYTES: integer('16384', 1024, 65_536),
  MAX_CONNECTIONS: integer('1000', 1, 100_000),
  REQUEST_TIMEOUT: duration('20s'),
  REQUESTS_PER_SECOND: integer('1000', 1, 1_000_000),
  FAILED_SIGN_INS_PER_MINUTE: integer('10', 1, 1_000_000),
})

export type Config = ReturnType<typeof readConfig>

/** The settings are wrong: one line for each, all at once, by name and never with a secret's value. */
export class ConfigError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`Cannot start with these settings:\n${problems.map((p) => `  ${p}`).join('\n')}`)
    this.name = 'ConfigError'
    this.problems = problems
  }
}

/**
 * Reads all settings from an environment; an empty one counts as one that is not there. While teaching,
 * the first start makes a secret and keeps it in the store's folder.
 */
export function readConfig(environment: Given) {
  const given: Given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  )
  const { NODE_ENV, HOST = '127.0.0.1', PUBLIC_ORIGIN } = given
  const production = NODE_ENV === 'production'
  // Only where nobody else can reach it may a server help itself to a secret and show its insides.
  const teaching = !production && loopback.includes(HOST) && isLoopbackOrigin(PUBLIC_ORIGIN)

  const parsed = v.safeParse(Environment, given)
  const problems = [
    ...(parsed.issues ?? []).map(sayIssue),
    ...(teaching ? [] : missing(given)),
    ...(teaching ? [] : weakAccount(given)),
  ]
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems)
  const env = parsed.output

  return {
    production,
    teaching,
    host: HOST,
    port: env.PORT,
    publicOrigin: env.PUBLIC_ORIGIN,
    storeUrl: env.STORE_URL,
    secret: env.JWT_SECRET ?? ownSecret(env.STORE_URL),
    sessionLifetimeSeconds: env.SESSION_LIFETIME,
    account: {
      username: env.DEMO_USER ?? demoAccount.username,
      password: env.DEMO_PASSWORD ?? demoAccount.password,
    },
    logLevel: env.LOG_LEVEL,
    maxBodyBytes: env.MAX_BODY_BYTES,
    requestsPerSecond: env.REQUESTS_PER_SECOND,
    failedSignInsPerMinute: env.FAILED_SIGN_INS_PER_MINUTE,
    limits: {
      maxHeaderBytes: env.MAX_HEADER_BYTES,
      maxConnections: env.MAX_CONNECTIONS,
      headersTimeoutSeconds: Math.min(10, env.REQUEST_TIMEOUT),
      requestTimeoutSeconds: env.REQUEST_TIMEOUT,
      keepAliveSeconds: 5,
      stopSeconds: 10,
    },
  }
}

type Given = Readonly<Record<string, string | undefined>>

function missing(env: Given): string[] {
  const required = ['JWT_SECRET', 'DEMO_USER', 'DEMO_PASSWORD'] as const
  return required
    .filter((name) => env[name] === undefined)
    .map((name) => `${name}: must be given in production, and where others can reach the server`)
}

const shortestPassword = 8 // characters; more is better

function weakAccount({ DEMO_USER, DEMO_PASSWORD = '' }: Given): string[] {
  const short = DEMO_PASSWORD !== '' && DEMO_PASSWORD.length < shortestPassword
  return [
    ...(DEMO_USER === demoAccount.username ? ['DEMO_USER: is the well-known one'] : []),
    ...(DEMO_PASSWORD === demoAccount.password ? ['DEMO_PASSWORD: is the well-known one'] : []),
    ...(short ? [`DEMO_PASSWORD: must have ${shortestPassword} characters or more`] : []),
  ]
}

/** Beside the data, so that tokens and sessions live and go together. */
function ownSecret(storeUrl: string): string {
  const folder = storeFolder(storeUrl)
  return folder === undefined ? newSecret() : secretFromFile(`${folder}/secret`)
}

function sayIssue(issue: v.BaseIssue<unknown>): string {
  return `${v.getDotPath(issue)}: ${issue.message}`
}

function isLoopbackOrigin(origin = 'http://localhost'): boolean {
  return URL.canParse(origin) && loopback.includes(new URL(origin).hostname.replace(/^\[|\]$/g, ''))
}

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text
}
