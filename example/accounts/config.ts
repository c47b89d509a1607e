import * as v from 'valibot'
import { readSettings } from '../server/read-settings.ts'
import { secretBeside } from '../server/secret.ts'
import { checked, duration, integer, parsed } from '../server/setting-kinds.ts'
import { originsOf, sharedConfig, sharedSettings } from '../server/settings.ts'
import type { Given } from '../server/types.ts'
import { weakness } from '../server/weakness.ts'
import { parseStoreUrl } from '../store/url.ts'
import { parseDuration } from '../token/duration.ts'
import { refreshPolicies } from './refresh.ts'

const year = 365 * 86_400

/** The settings of this server, beside those that every server has. */
const settings = {
  ...sharedSettings,
  PORT: integer('8000', 0, 65535),
  STORE_URL: parsed('level:./data/accounts', parseStoreUrl),
  JWT_SECRET: v.optional(checked(weakness)),
  ACCESS_LIFETIME: v.pipe(duration('15m'), v.maxValue(86_400, 'must be 1d or less')),
  REFRESH_LIFETIME: v.pipe(duration('7d'), v.maxValue(year, 'must be 365d or less')),
  SESSION_MAX_LIFETIME: v.pipe(duration('30d'), v.maxValue(year, 'must be 365d or less')),
  REFRESH_POLICY: v.optional(
    v.picklist(refreshPolicies, `must be ${refreshPolicies.slice(0, -1).join(', ')} or window`),
    'refreshBoth',
  ),
  REFRESH_GRACE: v.pipe(parsed('10s', graceOf), v.maxValue(300, 'must be 5m or less')),
  REFRESH_WINDOW: duration('30s'),
  LINK_LIFETIME: v.pipe(duration('15m'), v.maxValue(86_400, 'must be 1d or less')),
  LINKS_PER_MINUTE: integer('5', 1, 1000),
  SESSIONS_PER_USER: integer('10', 2, 1000),
  FAILED_SIGN_INS_PER_MINUTE: integer('10', 1, 1000),
  SIGN_INS_PER_MINUTE: integer('100', 1, 1_000_000),
  SIGN_UPS_PER_MINUTE: integer('10', 1, 1_000_000),
  REFRESHES_PER_MINUTE: integer('300', 1, 1_000_000),
  ALLOWED_ORIGINS: parsed('', originsOf),
}

export type Config = ReturnType<typeof readConfig>

/**
 * Reads all settings. While teaching, the first start makes a secret and keeps it in the store's folder.
 * @throws ConfigError with all that is wrong
 */
export function readConfig(environment: Given, file: Given = {}) {
  const { env, given } = readSettings(settings, { environment, file, required: ['JWT_SECRET'] })
  return {
    ...sharedConfig(env, given),
    secret: env.JWT_SECRET ?? secretBeside(env.STORE_URL, './data/accounts'),
    accessSeconds: env.ACCESS_LIFETIME,
    refreshSeconds: env.REFRESH_LIFETIME,
    sessionSeconds: env.SESSION_MAX_LIFETIME,
    refreshPolicy: env.REFRESH_POLICY,
    graceSeconds: env.REFRESH_GRACE,
    windowSeconds: env.REFRESH_WINDOW,
    linkSeconds: env.LINK_LIFETIME,
    linksPerMinute: env.LINKS_PER_MINUTE,
    sessionsPerUser: env.SESSIONS_PER_USER,
    failedSignInsPerMinute: env.FAILED_SIGN_INS_PER_MINUTE,
    signInsPerMinute: env.SIGN_INS_PER_MINUTE,
    signUpsPerMinute: env.SIGN_UPS_PER_MINUTE,
    refreshesPerMinute: env.REFRESHES_PER_MINUTE,
    allowedOrigins: env.ALLOWED_ORIGINS,
  }
}

/** No grace at all is a choice, too. */
function graceOf(text: string): number {
  const seconds = /^0s?$/.test(text) ? 0 : parseDuration(text)
  if (seconds === undefined) throw new Error('must be 0 or a duration such as 10s')
  return seconds
}
