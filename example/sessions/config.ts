import * as v from 'valibot'
import { isLoopbackOrigin } from '../http/loopback.ts'
import { parseStoreUrl } from '../store/url.ts'
import { codespaceHost } from './codespace.ts'
import { Environment } from './environment.ts'
import { misspelled } from './misspelled.ts'
import { newSecret, secretFromFile } from './secret.ts'
import { passwordWeakness } from './weak-password.ts'

/** The well-known account of the lessons. Production refuses it. */
export const demoAccount = { username: 'masterbuilder', password: 'itsnosecret' } as const

/** May this account be shown? Only while it is the well-known one. */
export function isDemoAccount({ username, password }: Config['account']): boolean {
  return username === demoAccount.username && password === demoAccount.password
}

const loopback = ['127.0.0.1', '::1', 'localhost']

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
 * Reads all settings: from the environment first, then from a file. An empty one counts as absent. While teaching, the first start makes a secret and keeps it in the store's folder.
 */
export function readConfig(environment: Given, file: Given = {}) {
  const given: Given = { ...filled(file), ...filled(environment) }
  const { NODE_ENV, HOST = '127.0.0.1', PUBLIC_ORIGIN } = given
  const production = NODE_ENV === 'production'
  // Only where nobody else can reach it, but for whom a cloud workspace lets in, may a server help itself to a secret and show its insides.
  const teaching =
    !production && loopback.includes(HOST) && isLoopbackOrigin(PUBLIC_ORIGIN ?? 'http://localhost')

  const parsed = v.safeParse(Environment, given)
  const problems = [
    ...misspelled(environment, file, [...Object.keys(Environment.entries), 'HOST', ofCompose]),
    ...(parsed.issues ?? []).map(sayIssue),
    ...(teaching ? [] : missing(given)),
    ...(teaching ? [] : weakAccount(given)),
    ...(parsed.success ? tooManyWorkers(parsed.output) : []),
  ]
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems)
  const env = parsed.output

  return {
    production,
    teaching,
    host: HOST,
    port: env.PORT,
    publicOrigin: env.PUBLIC_ORIGIN,
    forwardedHost: env.FORWARDED_HOST ?? codespaceHost(given, env.PORT),
    storeUrl: env.STORE_URL,
    engine: parseStoreUrl(env.STORE_URL).engine,
    redis: {
      connectMilliseconds: env.REDIS_CONNECT_MILLISECONDS,
      commandMilliseconds: env.REDIS_COMMAND_MILLISECONDS,
      waitReplicas: env.REDIS_WAIT_REPLICAS,
    },
    workers: env.WORKERS,
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
    trustedProxies: env.TRUSTED_PROXIES,
    signInsPerMinute: env.SIGN_INS_PER_MINUTE,
    sessionsPerUser: env.SESSIONS_PER_USER,
    limits: {
      maxHeaderBytes: env.MAX_HEADER_BYTES,
      maxConnections: env.MAX_CONNECTIONS,
      headersTimeoutSeconds: Math.min(10, env.REQUEST_TIMEOUT),
      requestTimeoutSeconds: env.REQUEST_TIMEOUT,
      keepAliveSeconds: 5,
      graceMilliseconds: 100,
      stopSeconds: 10,
    },
  }
}

type Given = Readonly<Record<string, string | undefined>>

const ofCompose = 'REDIS_PASSWORD' // compose.yml reads the same .env

function filled(settings: Given): Given {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value))
}

function missing(env: Given): string[] {
  const required = ['JWT_SECRET', 'DEMO_USER', 'DEMO_PASSWORD'] as const
  return required
    .filter((name) => env[name] === undefined)
    .map((name) => `${name}: must be given in production, and where others can reach the server`)
}

function weakAccount({ DEMO_USER = '', DEMO_PASSWORD }: Given): string[] {
  const weak = DEMO_PASSWORD && passwordWeakness(DEMO_PASSWORD, DEMO_USER)
  return [
    ...(DEMO_USER === demoAccount.username ? ['DEMO_USER: is the well-known one'] : []),
    ...(DEMO_PASSWORD === demoAccount.password ? ['DEMO_PASSWORD: is the well-known one'] : []),
    ...(weak ? [`DEMO_PASSWORD: ${weak}`] : []),
  ]
}

function tooManyWorkers({ WORKERS, STORE_URL }: v.InferOutput<typeof Environment>): string[] {
  const { engine } = parseStoreUrl(STORE_URL)
  if (WORKERS === 1 || engine.startsWith('redis')) return []
  const why =
    engine === 'level'
      ? 'LevelDB lets only one process open its files'
      : 'each process has a memory of its own'
  return [`WORKERS: ${why}: use 1, or a Redis in STORE_URL`]
}

/**
 * Beside the data, so that tokens and sessions live and go together. Servers on one Redis must have
 * the same secret: those that are started in one folder find it there.
 */
function ownSecret(storeUrl: string): string {
  const where = parseStoreUrl(storeUrl)
  if (where.engine === 'memory') return newSecret()
  return secretFromFile(`${where.engine === 'level' ? where.folder : './data'}/secret`)
}

function sayIssue(issue: v.BaseIssue<unknown>): string {
  return `${v.getDotPath(issue)}: ${issue.message}`
}
