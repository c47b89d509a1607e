import * as v from 'valibot'
import { readSettings } from '../server/read-settings.ts'
import { integer } from '../server/setting-kinds.ts'
import { sharedConfig, sharedSettings } from '../server/settings.ts'
import type { Given } from '../server/types.ts'

const isAddress = (text: string) => URL.canParse(text) && /^https?:/.test(text)

/** The settings of the example API, beside those that every server has. */
const settings = {
  ...sharedSettings,
  PORT: integer('8083', 0, 65535),
  ISSUER: v.optional(
    v.pipe(v.string(), v.check(isAddress, 'must be an address such as http://localhost:8082')),
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
