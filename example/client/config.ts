import * as v from 'valibot'
import { readSettings } from '../server/read-settings.ts'
import { integer } from '../server/setting-kinds.ts'
import { isOrigin, sharedConfig, sharedSettings } from '../server/settings.ts'
import type { Given } from '../server/types.ts'

/** What the issuer takes for a name: with another no token could ever be good. */
const namespaceName = /^[a-z0-9][a-z0-9_-]{2,63}$/
const namespaceRule =
  'must be 3 to 64 small letters, digits, _ or -, and begin with a letter or digit'

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
  NAMESPACE: v.optional(v.pipe(v.string(), v.regex(namespaceName, namespaceRule)), 'shop'),
}

/**
 * Reads all settings.
 * @throws ConfigError with all that is wrong
 */
export function readConfig(environment: Given) {
  const { env, given } = readSettings(settings, { environment, file: {} })
  return { ...sharedConfig(env, given), issuer: env.ISSUER, namespace: env.NAMESPACE }
}
