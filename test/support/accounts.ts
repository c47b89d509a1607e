import { createHash } from 'node:crypto'
import { createApp } from '../../example/accounts/app.ts'
import { readConfig } from '../../example/accounts/config.ts'
import type { Purpose } from '../../example/accounts/links.ts'
import type { SendMail } from '../../example/accounts/outbox.ts'
import { createParts } from '../../example/accounts/parts.ts'
import { idOf, type Role } from '../../example/accounts/user.ts'
import type { Handler } from '../../example/http/types.ts'
import type { Passwords } from '../../example/password/hash.ts'
import { openStore } from '../../example/store/open.ts'
import type { RecordStore } from '../../example/store/types.ts'
import { keptEvents, NOW, SECRET } from './fixtures.ts'
import { ask, type MockResponse, type RequestParts } from './mock-http.ts'

/** A password that will do, for every user of every test. */
export const PASSWORD = 'correct-horse-battery'

/** The settings of a teaching server in memory, with what the test replaces. */
function accountsConfig(environment: Record<string, string> = {}) {
  return readConfig({ JWT_SECRET: SECRET, STORE_URL: 'memory:', ...environment })
}

/** Looks like argon2id, is SHA-256, and costs nothing. */
export function fakePasswords(): Passwords {
  return {
    hash: async (password) => `$argon2id$v=19$m=19456,t=2,p=1${hashedOf(password)}`,
    verify: async (hashed, password) => hashed?.endsWith(hashedOf(password)) === true,
  }
}

/** The same as if it had been made with the figures of an earlier time. */
export function outdatedHash(password: string): string {
  return `$argon2id$v=19$m=8192,t=1,p=1${hashedOf(password)}`
}

function hashedOf(password: string): string {
  const digest = createHash('sha256').update(password).digest('base64').replace('=', '')
  return `$${'A'.repeat(22)}$${digest}`
}

/** A whole accounts server as a handler, with a clock that the test sets. */
export async function testAccounts(
  options: {
    environment?: Record<string, string>
    store?: RecordStore
    sendMail?: SendMail
    /** Real ones where hashing is what a test is about: each costs 15 ms of the processor. */
    passwords?: Passwords
  } = {},
) {
  const config = accountsConfig(options.environment)
  const store = options.store ?? (await openStore('memory:'))
  const clock = { now: NOW }
  const { events, log } = keptEvents()
  const deps = {
    config,
    store,
    passwords: options.passwords ?? fakePasswords(),
    ...(options.sendMail && { sendMail: options.sendMail }),
    now: () => clock.now,
    log,
  }
  const parts = createParts(deps)
  return { app: createApp(deps, parts), ...parts, config, store, clock, events, deps }
}

export type TestAccounts = Awaited<ReturnType<typeof testAccounts>>

export interface Pair {
  readonly access_token: string
  readonly refresh_token: string
}

/** Asks as a program does: JSON there and JSON back, with this token. */
export async function call(
  { app }: { app: Handler },
  line: string,
  {
    token,
    body,
    headers,
    ...more
  }: { token?: string; body?: object } & Omit<RequestParts, 'body'> = {},
): Promise<MockResponse> {
  const [method = 'GET', url = '/'] = line.split(' ')
  const given = {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...headers,
  }
  const text = body === undefined ? '' : JSON.stringify(body)
  return await ask(app, { method, url, headers: given, body: text, ...more })
}

/** Somebody who has an account, and perhaps more roles than a sign-up gives. */
export async function signUp(
  server: TestAccounts,
  username = 'ada',
  { roles, password = PASSWORD }: { roles?: readonly Role[]; password?: string } = {},
): Promise<void> {
  const { users, passwords, clock } = server
  const hash = await passwords.hash(password)
  await users.create({ name: username, hash, ...(roles && { roles }) }, clock.now)
}

/** Somebody with an account and a device, without a password: where no sign-in is tested, none has to be computed. */
export async function member(
  { users, families, tokens, clock: { now } }: TestAccounts,
  name = 'ada',
  roles: readonly Role[] = ['CLIENT'],
): Promise<Pair & { page: string }> {
  const id = idOf(name)
  const user = (await users.create({ name, hash: '', roles }, now)) ?? (await users.find(id))
  if (user === undefined) throw new Error(`There is no ${name}`)
  const device = { agent: 'curl', address: '192.0.2.1', lifetimeSeconds: 86_400, most: 10 }
  const family = await families.start({ user, ...device }, now)
  const access_token = await tokens.access(user, family, now)
  const refresh_token = await tokens.refresh(family)
  return { access_token, refresh_token, page: await tokens.page(family) }
}

/** The token of a link that was sent to somebody. */
export async function linkFor(
  { users, links }: TestAccounts,
  purpose: Purpose,
  name = 'ada',
): Promise<string> {
  const user = await users.find(name)
  if (user === undefined) throw new Error(`There is no ${name}`)
  return await links.make(user, purpose)
}

/** A sign-in as a program: its two tokens. */
export async function signIn(
  server: { app: Handler },
  username = 'ada',
  password = PASSWORD,
): Promise<Pair> {
  const res = await call(server, 'POST /signin', { body: { username, password } })
  return JSON.parse(res.body)
}

/** Uses a refresh token. */
export async function refresh(server: { app: Handler }, token: string) {
  const res = await call(server, 'POST /refresh', { token })
  return { status: res.status, ...(JSON.parse(res.body) as Pair) }
}
