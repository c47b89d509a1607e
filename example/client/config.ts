import * as v from 'valibot'
import { readSettings } from '../server/read-settings.ts'
import { integer } from '../server/setting-kinds.ts'
import { isOrigin, sharedConfig, sharedSettings } from '../server/settings.ts'
import type { Given } from '../server/types.ts'

/** The settings of the example API, beside those that every server has. */
const settings = {
  ...sharedSettings,
  PORT: integer('8083', 0, 65535),
  ISSUER: v.optional(
    v.pipe(
      v.string(),
      v.check(isOrigin, 'must be an origin such as http://localhost:8082, without a path'),
    ),
    'http://localhost:8082',
  ),
  NAMESPACE: v.optional(v.string(), 'shop'),
}

/**
 * Reads all settings.
 * @throws ConfigError with all that is wrong
 */
export function readConfig(environment: Given) {
  const { env, given } = readSettings(settings, { environment, file: {} })
  return { ...sharedConfig(env, given), issuer: env.ISSUER, namespace: env.NAMESPACE }
}
