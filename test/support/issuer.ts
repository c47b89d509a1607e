import type { Handler } from '../../example/http/types.ts'
import { createApp } from '../../example/issuer/app.ts'
import { readConfig } from '../../example/issuer/config.ts'
import type { Namespace } from '../../example/issuer/namespace.ts'
import { createParts } from '../../example/issuer/parts.ts'
import type { Passwords } from '../../example/password/hash.ts'
import { openStore } from '../../example/store/open.ts'
import type { RecordStore } from '../../example/store/types.ts'
import { fakePasswords, PASSWORD } from './accounts.ts'
import { keptEvents, NOW } from './fixtures.ts'
import { ask, type MockResponse, type RequestParts } from './mock-http.ts'

/** A whole issuer as a handler, with a clock that the test sets, and no namespace yet. */
export async function testIssuer(
  options: {
    environment?: Record<string, string>
    store?: RecordStore
    /** Real ones where hashing is what a test is about: each costs 15 ms of the processor. */
    passwords?: Passwords
  } = {},
) {
  const config = readConfig({ STORE_URL: 'memory:', ...options.environment })
  const store = options.store ?? (await openStore('memory:'))
  const clock = { now: NOW }
  const { events, log } = keptEvents()
  const deps = {
    config,
    store,
    passwords: options.passwords ?? fakePasswords(),
    now: () => clock.now,
    log,
  }
  const parts = createParts(deps)
  return { app: createApp(deps, parts), ...parts, config, store, clock, events, deps }
}

export type TestIssuer = Awaited<ReturnType<typeof testIssuer>>

/** An application where users sign in, with what the test replaces. */
export async function namespace(
  { makeNamespace }: TestIssuer,
  name = 'shop',
  replaced: Partial<Namespace> = {},
): Promise<Namespace> {
  const given = {
    alg: 'ES256' as const,
    encryption: { alg: 'ECDH-ES+A256KW', curve: 'P-256', enc: 'A256GCM' } as const,
    policy: 'noRefresh' as const,
    maxAccessSeconds: 900,
    maxRefreshSeconds: 86_400,
    keySeconds: 15_552_000,
    isOpen: true,
    groups: ['staff'],
    organisations: ['acme'],
  }
  const made = await makeNamespace({ ...given, ...replaced, name })
  if (made === undefined) throw new Error(`There is a ${name} already`)
  return made
}

/** Somebody who may sign in there. */
export async function user(
  { users, passwords, clock }: TestIssuer,
  { nsId }: Namespace,
  name = 'ada',
  more: { groups?: string[]; organisations?: string[] } = {},
) {
  const hash = await passwords.hash(PASSWORD)
  return await users.create({ nsId, name, hash, ...more }, clock.now)
}

// biome-ignore lint/suspicious/noExplicitAny: a test looks into the answer as its client does
type Json = any

/** Asks as a program does: JSON there and JSON back. */
export async function call(
  { app }: { app: Handler },
  line: string,
  body?: object,
  { headers, ...more }: Omit<RequestParts, 'body'> = {},
): Promise<{ status: number; json: Json; headers: MockResponse['headers'] }> {
  const [method = 'GET', url = '/'] = line.split(' ')
  const given = { ...(body && { 'content-type': 'application/json' }), ...headers }
  const text = body === undefined ? '' : JSON.stringify(body)
  const res = await ask(app, { method, url, headers: given, body: text, ...more })
  return { status: res.status, headers: res.headers, json: res.body && JSON.parse(res.body) }
}

/** A sign-in: a refresh token, and an access token that came of it. */
export async function signIn(server: { app: Handler }, namespace = 'shop', username = 'ada') {
  const given = { namespace, username, password: PASSWORD }
  const { token: refresh_token } = (await call(server, 'POST /token/refresh', given)).json
  const { token } = (await call(server, 'POST /token/access', { namespace, refresh_token })).json
  return { refresh_token, token }
}

/** An application that has registered: asks as it does, with its `client_token`. */
export async function application(server: TestIssuer, kid = 'shop', wishes: object = {}) {
  const token = await server.registrations.make(server.clock.now + 3600)
  const headers = { authorization: `Bearer ${token}` }
  const { json } = await call(server, `POST /register/${kid}`, wishes, { headers })
  const own = { authorization: `Bearer ${json.client_token}` }
  return (line: string, body: object) => call(server, line, { kid, ...body }, { headers: own })
}

/** Somebody who runs the server, or one namespace: asks the routes below `/admin/` as they do, signed in. */
export async function administrator(server: TestIssuer, name = 'root', nsId?: string) {
  const { administrators, passwords, clock } = server
  const hash = await passwords.hash(PASSWORD)
  await administrators.create({ name, hash, nsId }, clock.now)
  const given = { username: name, password: PASSWORD }
  const { token } = (await call(server, 'POST /admin/login', given)).json
  const headers = { authorization: `Bearer ${token}` }
  return (path: string, body: object = {}) => call(server, `POST /admin/${path}`, body, { headers })
}
