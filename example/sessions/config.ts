import * as v from 'valibot'
import { readSettings } from '../server/read-settings.ts'
import { secretBeside } from '../server/secret.ts'
import { checked, duration, integer } from '../server/setting-kinds.ts'
import { sharedConfig, sharedSettings } from '../server/settings.ts'
import type { Given } from '../server/types.ts'
import { weakness } from '../server/weakness.ts'
import { subjectGrammar } from '../token/checks-claims.ts'
import { passwordWeakness } from './weak-password.ts'

/** The well-known account of the lessons. Production refuses it. */
export const demoAccount = { username: 'masterbuilder', password: 'itsnosecret' } as const

/** May this account be shown? Only while it is the well-known one. */
export function isDemoAccount({ username, password }: Config['account']): boolean {
  return username === demoAccount.username && password === demoAccount.password
}

/** The settings of this server, beside those that every server has. */
const settings = {
  ...sharedSettings,
  JWT_SECRET: v.optional(checked(weakness)),
  SESSION_LIFETIME: v.pipe(duration('7d'), v.maxValue(365 * 86_400, 'must be 365d or less')),
  DEMO_USER: v.optional(
    v.pipe(v.string(), v.regex(subjectGrammar, 'must be 1 to 128 letters, digits or ._@+-')),
  ),
  DEMO_PASSWORD: v.optional(v.string()),
  FAILED_SIGN_INS_PER_MINUTE: integer('10', 1, 1_000_000),
  SIGN_INS_PER_MINUTE: integer('100', 1, 1_000_000),
  SESSIONS_PER_USER: integer('100', 0, 10_000),
}

export type Config = ReturnType<typeof readConfig>

/**
 * Reads all settings. While teaching, the first start makes a secret and keeps it in the store's folder.
 * @throws ConfigError with all that is wrong
 */
export function readConfig(environment: Given, file: Given = {}) {
  const { env, given } = readSettings(settings, {
    environment,
    file,
    required: ['JWT_SECRET', 'DEMO_USER', 'DEMO_PASSWORD'],
    refusedForOthers,
  })
  return {
    ...sharedConfig(env, given),
    secret: env.JWT_SECRET ?? secretBeside(env.STORE_URL),
    sessionLifetimeSeconds: env.SESSION_LIFETIME,
    account: {
      username: env.DEMO_USER ?? demoAccount.username,
      password: env.DEMO_PASSWORD ?? demoAccount.password,
    },
    failedSignInsPerMinute: env.FAILED_SIGN_INS_PER_MINUTE,
    signInsPerMinute: env.SIGN_INS_PER_MINUTE,
    sessionsPerUser: env.SESSIONS_PER_USER,
  }
}

function refusedForOthers({ DEMO_USER = '', DEMO_PASSWORD = '' }: Given) {
  const known = 'is the well-known one'
  const weak = DEMO_PASSWORD && passwordWeakness(DEMO_PASSWORD, DEMO_USER)
  return [
    ...(DEMO_USER === demoAccount.username ? [['DEMO_USER', known] as const] : []),
    ...(DEMO_PASSWORD === demoAccount.password ? [['DEMO_PASSWORD', known] as const] : []),
    ...(weak ? [['DEMO_PASSWORD', weak] as const] : []),
  ]
}
