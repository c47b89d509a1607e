import * as v from 'valibot'
import { readSettings } from '../server/read-settings.ts'
import { duration, integer, parsed } from '../server/setting-kinds.ts'
import { originsOf, sharedConfig, sharedSettings } from '../server/settings.ts'
import type { Given } from '../server/types.ts'
import { parseStoreUrl } from '../store/url.ts'
import { contentEncryptions, sayWhyNot } from '../token/encryption-algorithms.ts'
import { keyManagementAlgorithms, signatureAlgorithms } from './namespace.ts'
import type { Rules } from './registration.ts'
import { refreshPolicies } from './rotation.ts'

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
  SIG_ALG: v.optional(
    v.picklist(signatureAlgorithms, `must be one of ${signatureAlgorithms.join(', ')}`),
    'ES256',
  ),
  ENC_ALG: v.optional(v.picklist(keyManagementAlgorithms, whyNot), 'ECDH-ES+A256KW'),
  CONT_ENC: v.optional(v.picklist(contentEncryptions, whyNot), 'A256GCM'),
  REFRESH_POLICY: v.optional(
    v.picklist(
      refreshPolicies,
      `must be ${refreshPolicies.slice(0, -1).join(', ')} or refreshBoth`,
    ),
    'noRefresh',
  ),
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
    sessionSeconds: env.SESSION_MAX_LIFETIME,
    /** The rules of a namespace that says nothing else. */
    defaults: {
      alg: env.SIG_ALG,
      encryption: { alg: env.ENC_ALG, curve: 'P-256', enc: env.CONT_ENC },
      policy: env.REFRESH_POLICY,
      maxAccessSeconds: env.ACCESS_LIFETIME,
      maxRefreshSeconds: env.REFRESH_LIFETIME,
      keySeconds: env.KEY_LIFETIME,
    } satisfies Rules as Rules,
    failedSignInsPerMinute: env.FAILED_SIGN_INS_PER_MINUTE,
    signInsPerMinute: env.SIGN_INS_PER_MINUTE,
    allowedOrigins: env.ALLOWED_ORIGINS,
  }
}

function whyNot({ input }: { input: unknown }): string {
  return `${sayWhyNot(String(input))}`
}
