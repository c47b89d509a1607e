import { Users } from '../example/accounts/user.ts'
import { createPasswords } from '../example/password/hash.ts'
import { openStore } from '../example/store/open.ts'
import { parseStoreUrl } from '../example/store/url.ts'
import { account } from './client.ts'
import { type ServerProcess, startServer } from './process.ts'
import type { Store } from './sessions.ts'

/** Two who may come in, one who is switched off; nobody else is there. */
export const users = {
  known: account.username,
  other: 'grace',
  off: 'off',
  unknown: 'nobody',
} as const

/** Our real accounts server as in production, with no limit in the way of the load. */
export async function startAccounts(
  { url, secret }: Store,
  core: string | undefined,
  settings: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  await makeUsers(url)
  return await startServer(new URL('../example/accounts/server.ts', import.meta.url), core, {
    PORT: '0',
    JWT_SECRET: secret,
    STORE_URL: url,
    LOG_LEVEL: 'silent',
    REQUESTS_PER_SECOND: '1000000',
    REDIS_COMMAND_MILLISECONDS: '5000',
    FAILED_SIGN_INS_PER_MINUTE: '1000',
    SIGN_INS_PER_MINUTE: '1000000',
    REFRESHES_PER_MINUTE: '1000000',
    SESSIONS_PER_USER: '1000',
    ...settings,
  })
}

async function makeUsers(url: string): Promise<void> {
  const store = await openStore(parseStoreUrl(url))
  const all = new Users(store)
  const hash = await createPasswords().hash(account.password)
  await all.create({ name: users.known, hash }, 0)
  await all.create({ name: users.other, hash }, 0)
  await all.create({ name: users.off, hash }, 0)
  await all.change(users.off, (user) => ({ ...user, enabled: false }))
  await store.close()
}

export interface Pair {
  readonly access_token: string
  readonly refresh_token: string
}

/** Asks as a program does: a form there, JSON back. */
export async function post(
  url: string,
  fields: Readonly<Record<string, string>>,
  token?: string,
): Promise<Response> {
  const headers = { accept: 'application/json', ...(token && { authorization: `Bearer ${token}` }) }
  return await fetch(url, { method: 'POST', headers, body: new URLSearchParams(fields) })
}

export async function signInPair(url: string): Promise<Pair> {
  const res = await post(`${url}/signin`, account)
  if (!res.ok) throw new Error(`Cannot sign in at ${url}: ${res.status}`)
  return (await res.json()) as Pair
}
