import { randomUUID } from 'node:crypto'
import type { Handler } from '../../example/http/types.ts'
import { newSecret } from '../../example/server/secret.ts'
import { createApp } from '../../example/sessions/app.ts'
import { readConfig } from '../../example/sessions/config.ts'
import { credentialsOf } from '../../example/sessions/credentials.ts'
import { sessionKey, sessionPolicy } from '../../example/sessions/policy.ts'
import { openStore } from '../../example/store/open.ts'
import { issue } from '../../example/token/issue.ts'
import { keySet } from '../../example/token/key.ts'
import { verify } from '../../example/token/verify.ts'

// The app of example/sessions as lesson 5 uses it: one account, records in memory, a clock that stands still.

export const now = 2_000_000_000
const config = readConfig({
  JWT_SECRET: newSecret(),
  STORE_URL: 'memory:',
  DEMO_USER: 'ada',
  DEMO_PASSWORD: 'open sesame',
  FAILED_SIGN_INS_PER_MINUTE: '1000',
  SIGN_INS_PER_MINUTE: '1000',
})
const key = sessionKey(config.secret)
export const lifetimeSeconds = config.sessionLifetimeSeconds
export const policy = sessionPolicy(lifetimeSeconds)

/** The app itself, with records of its own. */
export async function openTheApp(): Promise<Handler> {
  const store = await openStore('memory:')
  return createApp({ config, store, now: () => now, log: () => {} })
}

/** What the learner's server is made with: the account, the key and the clock of the app. */
export const deps = {
  checkCredentials: credentialsOf(config.account),
  issueToken: (subject: string) => tokenFor(subject),
  verifyToken: (token: string) => verify(token, { keys: keySet(key), policy, now }),
}

/** A token that is good except in the ways that are named. */
export function tokenFor(subject: string, other: Partial<Parameters<typeof issue>[1]> = {}) {
  const request = { subject, id: randomUUID(), lifetimeSeconds }
  return issue(request, { key, policy, now, ...other })
}

/** Whom a token is about, or why the app refuses it. */
export async function subjectOf(token: unknown): Promise<string> {
  return await deps.verifyToken(`${token}`).then(({ sub }) => sub, String)
}
