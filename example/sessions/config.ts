import * as v from 'valibot'
import { parseStoreUrl } from '../store/url.ts'
import { codespaceHost } from './codespace.ts'
import { Environment } from './environment.ts'
import { misspelled } from './misspelled.ts'
import { hostOf, ownHost, whyStrict } from './reach.ts'
import { newSecret, secretFromFile } from './secret.ts'
import { passwordWeakness } from './weak-password.ts'

/** The well-known account of the lessons. Production refuses it. */
export const demoAccount = { username: 'masterbuilder', password: 'itsnosecret' } as const

/** May this account be shown? Only while it is the well-known one. */
export function isDemoAccount({ username, password }: Config['account']): boolean {
  return username === demoAccount.username && password === demoAccount.password
}

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
  const parsed = v.safeParse(Environment, given)
  const problems = [
    ...misspelled(environment, file, [...Object.keys(Environment.entries), 'HOST', ofCompose]),
    ...(parsed.issues ?? []).map(sayIssue),
    ...notForOthers(given),
    ...(parsed.success ? tooManyWorkers(parsed.output) : []),
  ]
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems)
  const env = parsed.output

  return {
    production: env.NODE_ENV === 'production',
    teaching: whyStrict(given) === undefined,
    host: hostOf(given),
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

/** What has to be mended where others may come: each line names the setting that makes it so. */
function notForOthers(given: Given): string[] {
  const where = whyStrict(given)
  if (where === undefined) return []
  const { DEMO_USER = '', DEMO_PASSWORD = '' } = given
  const required = ['JWT_SECRET', 'DEMO_USER', 'DEMO_PASSWORD'] as const
  const refused = (name: string, why: string) => `${name}: refused ${where}: it ${why}`
  const known = 'is the well-known one'
  const weak = DEMO_PASSWORD && passwordWeakness(DEMO_PASSWORD, DEMO_USER)
  const problems = [
    ...required
      .filter((name) => given[name] === undefined)
      .map((name) => `${name}: must be given ${where}`),
    ...(DEMO_USER === demoAccount.username ? [refused('DEMO_USER', known)] : []),
    ...(DEMO_PASSWORD === demoAccount.password ? [refused('DEMO_PASSWORD', known)] : []),
    ...(weak ? [refused('DEMO_PASSWORD', weak)] : []),
  ]
  // Some shells and package managers export a HOST that was meant for others.
  const byHostAlone = whyStrict({ ...given, HOST: ownHost }) === undefined
  return problems.length > 0 && byHostAlone ? [...problems, forYouAlone] : problems
}

const forYouAlone = `HOST: set ${ownHost} if this server is for you alone`

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
