import * as v from 'valibot'
import { readSettings } from '../server/read-settings.ts'
import { duration, integer, parsed } from '../server/setting-kinds.ts'
import { originsOf, sharedConfig, sharedSettings } from '../server/settings.ts'
import type { Given } from '../server/types.ts'
import { parseStoreUrl } from '../store/url.ts'

const year = 365 * 86_400

/** The settings of this server, beside those that every server has. */
const settings = {
  ...sharedSettings,
  PORT: integer('8082', 0, 65535),
  STORE_URL: parsed('level:./data/issuer', parseStoreUrl),
  ACCESS_LIFETIME: v.pipe(duration('15m'), v.maxValue(86_400, 'must be 1d or less')),
  REFRESH_LIFETIME: v.pipe(duration('72h'), v.maxValue(year, 'must be 365d or less')),
  SESSION_MAX_LIFETIME: v.pipe(duration('30d'), v.maxValue(year, 'must be 365d or less')),
  KEY_LIFETIME: v.pipe(duration('4320h'), v.maxValue(10 * year, 'must be 3650d or less')),
  FAILED_SIGN_INS_PER_MINUTE: integer('10', 1, 1000),
  SIGN_INS_PER_MINUTE: integer('100', 1, 1_000_000),
  ALLOWED_ORIGINS: parsed('', originsOf),
}

export type Config = ReturnType<typeof readConfig>

/**
 * Reads all settings.
 * @throws ConfigError with all that is wrong
 */
export function readConfig(environment: Given, file: Given = {}) {
  const { env, given } = readSettings(settings, { environment, file, required: ['PUBLIC_ORIGIN'] })
  return {
    ...sharedConfig(env, given),
    /** The address under which verifiers find this server: every `iss` begins with it. */
    issuer: env.PUBLIC_ORIGIN ?? `http://localhost:${env.PORT}`,
    accessSeconds: env.ACCESS_LIFETIME,
    refreshSeconds: env.REFRESH_LIFETIME,
    sessionSeconds: env.SESSION_MAX_LIFETIME,
    keySeconds: env.KEY_LIFETIME,
    failedSignInsPerMinute: env.FAILED_SIGN_INS_PER_MINUTE,
    signInsPerMinute: env.SIGN_INS_PER_MINUTE,
    allowedOrigins: env.ALLOWED_ORIGINS,
  }
}
