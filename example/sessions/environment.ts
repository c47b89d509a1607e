import * as v from 'valibot'
import { parseStoreUrl } from '../store/url.ts'
import { subjectGrammar } from '../token/checks-claims.ts'
import { parseDuration } from '../token/duration.ts'
import { weakness } from './weakness.ts'

const duration = (fallback: string) =>
  v.pipe(
    v.optional(v.string(), fallback),
    v.transform(parseDuration),
    v.number('must be a duration such as 90s, 10m, 1h30m or 7d'),
  )

const integer = (fallback: string, lowest: number, highest: number) =>
  v.pipe(
    v.optional(v.string(), fallback),
    v.regex(/^\d{1,9}$/, 'must be a whole number'),
    v.transform(Number),
    v.minValue(lowest, `must be ${lowest} or more`),
    v.maxValue(highest, `must be ${highest} or less`),
  )

/** A text about which nothing bad can be said. */
const checked = (problemOf: (text: string) => string | undefined) =>
  v.pipe(
    v.string(),
    v.rawCheck(({ dataset, addIssue }) => {
      const message = dataset.typed && problemOf(dataset.value)
      if (message) addIssue({ message })
    }),
  )

/** Every setting, each with its form and its default. What hangs together is looked at in config.ts. */
export const Environment = v.object({
  NODE_ENV: v.optional(
    v.picklist(
      ['development', 'test', 'production'],
      'must be development, test or production, in small letters',
    ),
  ),
  PORT: integer('1337', 0, 65535),
  PUBLIC_ORIGIN: v.optional(
    v.pipe(
      v.string(),
      v.check(isOrigin, 'must be an origin such as https://example.org, without a path'),
    ),
  ),
  FORWARDED_HOST: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'must be a host name such as name-1337.example.dev'),
    ),
  ),
  STORE_URL: v.optional(checked(storeUrlProblem), 'level:./data'),
  REDIS_CONNECT_MILLISECONDS: integer('2000', 50, 60_000),
  REDIS_COMMAND_MILLISECONDS: integer('500', 10, 60_000),
  REDIS_WAIT_REPLICAS: integer('0', 0, 10),
  WORKERS: integer('1', 1, 64),
  JWT_SECRET: v.optional(checked(weakness)),
  SESSION_LIFETIME: v.pipe(duration('7d'), v.maxValue(365 * 86_400, 'must be 365d or less')),
  DEMO_USER: v.optional(
    v.pipe(v.string(), v.regex(subjectGrammar, 'must be 1 to 128 letters, digits or ._@+-')),
  ),
  DEMO_PASSWORD: v.optional(v.string()),
  LOG_LEVEL: v.optional(
    v.picklist(['info', 'warn', 'error', 'silent'], 'must be info, warn, error or silent'),
    'info',
  ),
  MAX_BODY_BYTES: integer('16384', 64, 1_048_576),
  MAX_HEADER_BYTES: integer('16384', 1024, 65_536),
  MAX_CONNECTIONS: integer('1000', 1, 100_000),
  REQUEST_TIMEOUT: duration('20s'),
  REQUESTS_PER_SECOND: integer('1000', 1, 1_000_000),
  FAILED_SIGN_INS_PER_MINUTE: integer('10', 1, 1_000_000),
  TRUSTED_PROXIES: integer('0', 0, 10),
  SIGN_INS_PER_MINUTE: integer('100', 1, 1_000_000),
  SESSIONS_PER_USER: integer('100', 0, 10_000),
})

function storeUrlProblem(text: string): string | undefined {
  try {
    parseStoreUrl(text)
    return undefined
  } catch (error) {
    return (error as TypeError).message
  }
}

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text
}
