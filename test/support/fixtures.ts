import { createHmac } from 'node:crypto'
import type { Handler, Log, LogFields } from '../../example/http/types.ts'
import { createApp } from '../../example/sessions/app.ts'
import { type Config, readConfig } from '../../example/sessions/config.ts'
import { maxTokenLength } from '../../example/sessions/policy.ts'
import { openStore } from '../../example/store/open.ts'
import type { RecordStore } from '../../example/store/types.ts'
import { keySet, secretKey } from '../../example/token/key.ts'
import type { Policy } from '../../example/token/types.ts'
import { ask } from './mock-http.ts'

/** All tests live in this second: 2033-05-18T03:33:20Z. */
export const NOW = 2_000_000_000

/** A secret for tests, and for nothing else. */
export const SECRET = 'cA7-tests-only-9fQ2xK5vR8mZ3wB6nL1pT4y'

export const SESSION_ID = '3f2b8c1e-5d4a-4b6f-9e7c-8a1d2c3b4e5f'

export const key = secretKey({ kid: 'sessions-1', alg: 'HS256', secret: Buffer.from(SECRET) })
export const keys = keySet(key)

/** The policy of the session server, written down a second time on purpose: a change must be meant. */
export const policy: Policy = {
  algorithms: ['HS256'],
  type: 'session+jwt',
  issuer: 'learn-json-web-tokens',
  audience: 'learn-json-web-tokens/sessions',
  maxLength: maxTokenLength,
  maxLifetimeSeconds: 604_800,
  leewaySeconds: 0,
}

/** Claims that pass every check. A test replaces the one it is about; `undefined` leaves it out. */
export function goodClaims(replaced: Record<string, unknown> = {}): Record<string, unknown> {
  const claims = {
    iss: policy.issuer,
    sub: 'ada',
    aud: policy.audience,
    iat: NOW,
    exp: NOW + 3600,
    jti: SESSION_ID,
  }
  return { ...claims, ...replaced }
}

export const goodHeader = { alg: 'HS256', typ: 'session+jwt', kid: 'sessions-1' }

/** Signs any header and any payload with HMAC by hand: a library would refuse half of what tests need. */
export function forge(
  payload: Record<string, unknown> | string | Buffer,
  header: Record<string, unknown> | string = goodHeader,
  secret: string | Buffer = SECRET,
): string {
  const signingInput = `${segment(header)}.${segment(payload)}`
  const signature = createHmac('sha256', secret).update(signingInput).digest('base64url')
  return `${signingInput}.${signature}`
}

/** One base64url segment of a token, from JSON, text or bytes. */
export function segment(content: Record<string, unknown> | string | Buffer): string {
  const raw = Buffer.isBuffer(content) || typeof content === 'string'
  return Buffer.from(raw ? content : JSON.stringify(content)).toString('base64url')
}

/** A token that is good in every way but those that the test replaces. */
export function sessionToken(replaced: Record<string, unknown> = {}): string {
  return forge(goodClaims(replaced))
}

/** The settings of a teaching server in memory, with what the test replaces. */
export function testConfig(environment: Record<string, string> = {}): Config {
  return readConfig({ JWT_SECRET: SECRET, STORE_URL: 'memory:', ...environment })
}

/** A whole server as a handler: memory store, frozen clock, a log that is kept. */
export async function testApp(
  options: { environment?: Record<string, string>; store?: RecordStore; now?: () => number } = {},
): Promise<{ app: Handler; store: RecordStore; events: LoggedEvent[]; config: Config }> {
  const config = testConfig(options.environment)
  const store = options.store ?? (await openStore('memory:'))
  const { events, log } = keptEvents()
  const app = createApp({ config, store, now: options.now ?? (() => NOW), log })
  return { app, store, events, config }
}

/** The same, where ada has the session that `sessionToken()` is for. */
export async function appOfAda(options: Parameters<typeof testApp>[0] = {}) {
  const server = await testApp(options)
  await liveSession(server.store)
  return server
}

/** Signs in with the demo account, as a program does, and gives the token. */
export async function signInTo(app: Handler): Promise<string> {
  const request = { method: 'POST', url: '/auth', headers: formType, body: signInForm }
  return (await ask(app, request)).headers.authorization ?? ''
}

export interface LoggedEvent {
  level: string
  event: string
  fields: LogFields
}

/** A log, and what it was told. */
export function keptEvents(): { events: LoggedEvent[]; log: Log } {
  const events: LoggedEvent[] = []
  return { events, log: (level, event, fields = {}) => void events.push({ level, event, fields }) }
}

/** A live session in a store, without a sign-in. */
export async function liveSession(
  store: RecordStore,
  replaced: Record<string, unknown> = {},
  key = { kind: 'session', owner: 'ada', id: SESSION_ID },
): Promise<void> {
  const times = { createdAt: NOW, expiresAt: NOW + 3600 }
  const session = { id: key.id, valid: true, subject: 'ada', ...times, agent: '' }
  await store.insert(key, JSON.stringify({ ...session, ...replaced }), NOW + 3600)
}

/** The demo account's sign-in, as a form. */
export const signInForm = 'username=masterbuilder&password=itsnosecret'
export const formType = { 'content-type': 'application/x-www-form-urlencoded' }
