import * as v from 'valibot'
import { ConfigError, readSettings } from '../server/read-settings.ts'
import { duration, integer, parsed } from '../server/setting-kinds.ts'
import { originsOf, sharedConfig, sharedSettings } from '../server/settings.ts'
import type { Given } from '../server/types.ts'
import { parseStoreUrl } from '../store/url.ts'
import { contentEncryptions, sayWhyNot } from '../token/encryption-algorithms.ts'
import { keyManagementAlgorithms, signatureAlgorithms } from './namespace.ts'
import { isPassword, passwordRule, readPasswordFile } from './password-file.ts'
import { longest, type Rules, rulesOf } from './registration.ts'
import { refreshPolicies } from './rotation.ts'

const nameRule = 'must be 1 to 64 letters, digits, spaces or ._-'

/** The settings of this server, beside those that every server has. */
const settings = {
  ...sharedSettings,
  PORT: integer('8082', 0, 65535),
  STORE_URL: parsed('level:./data/issuer', parseStoreUrl),
  ISSUER_NAME: v.optional(v.pipe(v.string(), v.regex(/^[\w .-]{1,64}$/, nameRule)), 'Issuer'),
  ISSUER_PASSWORD: v.optional(v.pipe(v.string(), v.check(isPassword, passwordRule))),
  ISSUER_PASSWORD_FILE: v.optional(v.string()),
  ACCESS_LIFETIME: v.pipe(duration('15m'), v.maxValue(longest.access, 'must be 7d or less')),
  REFRESH_LIFETIME: v.pipe(duration('72h'), v.maxValue(longest.refresh, 'must be 365d or less')),
  SESSION_MAX_LIFETIME: v.pipe(
    duration('30d'),
    v.maxValue(longest.refresh, 'must be 365d or less'),
  ),
  KEY_LIFETIME: v.pipe(duration('4320h'), v.maxValue(longest.key, 'must be 3650d or less')),
  SIG_ALG: v.optional(
    v.picklist(signatureAlgorithms, `must be one of ${signatureAlgorithms.join(', ')}`),
    'ES256',
  ),
  SIG_BITS: v.optional(integer('', 256, 16_384)),
  ENC_ALG: v.optional(v.picklist(keyManagementAlgorithms, whyNot), 'ECDH-ES+A256KW'),
  ENC_BITS: v.optional(integer('', 256, 16_384)),
  CONT_ENC: v.optional(v.picklist(contentEncryptions, whyNot), 'A256GCM'),
  REFRESH_POLICY: v.optional(
    v.picklist(
      refreshPolicies,
      `must be ${refreshPolicies.slice(0, -1).join(', ')} or refreshBoth`,
    ),
    'noRefresh',
  ),
  SESSIONS_PER_USER: integer('100', 2, 10_000),
  GRANTS_PER_APPLICATION: integer('10000', 10, 1_000_000),
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
  const setting = (name: string) => environment[name] || file[name] || undefined
  const givenPassword = setting('ISSUER_PASSWORD')
  const passwordFile = givenPassword === undefined ? setting('ISSUER_PASSWORD_FILE') : undefined
  const password = givenPassword ?? (passwordFile && readPasswordFile(passwordFile))
  const isOpen = password !== undefined || setting('STORE_URL') === 'memory:'
  const required = ['PUBLIC_ORIGIN', ...(isOpen ? [] : ['ISSUER_PASSWORD'])]
  const { env, given } = readSettings(settings, { environment, file, required })
  return {
    ...sharedConfig(env, given),
    /** The address under which verifiers find this server: every `iss` begins with it. */
    issuer: env.PUBLIC_ORIGIN ?? `http://localhost:${env.PORT}`,
    name: env.ISSUER_NAME,
    /** Opens the store; `undefined` where a new one may get one. */
    password,
    passwordFile,
    grantLimits: {
      longestSeconds: env.SESSION_MAX_LIFETIME,
      perUser: env.SESSIONS_PER_USER,
      perApplication: env.GRANTS_PER_APPLICATION,
    },
    /** The rules of a namespace that says nothing else. */
    defaults: rulesBySetting(env.SIG_BITS, env.ENC_BITS, {
      alg: env.SIG_ALG,
      encryption: { alg: env.ENC_ALG, curve: 'P-256', enc: env.CONT_ENC },
      policy: env.REFRESH_POLICY,
      maxAccessSeconds: env.ACCESS_LIFETIME,
      maxRefreshSeconds: env.REFRESH_LIFETIME,
      keySeconds: env.KEY_LIFETIME,
    }),
    failedSignInsPerMinute: env.FAILED_SIGN_INS_PER_MINUTE,
    signInsPerMinute: env.SIGN_INS_PER_MINUTE,
    allowedOrigins: env.ALLOWED_ORIGINS,
  }
}

/** They have to agree with each other, as those of every application have to. */
function rulesBySetting(
  sig_bits: number | undefined,
  enc_bits: number | undefined,
  rules: Rules,
): Rules {
  try {
    return rulesOf({ sig_bits, enc_bits }, rules)
  } catch (error) {
    const fields = new RegExp(Object.keys(settingOf).join('|'), 'g')
    throw new ConfigError([
      (error as Error).message.replace(fields, (field) => `${settingOf[field]}`),
    ])
  }
}

const settingOf: Readonly<Record<string, string>> = {
  sig_bits: 'SIG_BITS',
  enc_bits: 'ENC_BITS',
  auth_ttl: 'ACCESS_LIFETIME',
  refresh_ttl: 'REFRESH_LIFETIME',
  expiry: 'KEY_LIFETIME',
}

function whyNot({ input }: { input: unknown }): string {
  return `${sayWhyNot(String(input))}`
}
