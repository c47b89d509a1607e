import { randomUUID } from 'node:crypto'
import { issue } from '../token/issue.ts'
import { type Key, type KeySet, keySet } from '../token/key.ts'
import type { Policy } from '../token/types.ts'
import { createVerifier, type Verify } from '../token/verifier.ts'
import { verify } from '../token/verify.ts'
import type { Family } from './family.ts'
import type { Link } from './links.ts'
import { type Kind, policyOf } from './policy.ts'
import type { User } from './user.ts'

export interface Lifetimes {
  readonly access: number
  readonly refresh: number
  readonly page: number
  readonly link: number
}

/** Makes and proves the tokens of this server: one verifier for each kind, so that none passes for another. */
export interface Tokens {
  readonly keys: KeySet
  readonly policies: Readonly<Record<Kind, Policy>>
  readonly verify: Readonly<Record<Kind, Verify>>
  /** How long an access token of this family is good from now on, in seconds. */
  accessSeconds(family: Family, now: number): number
  access(user: User, family: Family, now: number): Promise<string>
  /** The current refresh token: the same claims with the same key are the same bytes, so it need not be kept. */
  refresh(family: Family): Promise<string>
  /** For the cookie of the pages: good as long as its family may be. */
  page(family: Family): Promise<string>
  /** For one use, by whoever reads the mail of its user. */
  link(link: Link, now: number): Promise<string>
}

/** Tokens as this server makes them: what each kind must be is one policy, by which it is made and proven. */
export function createTokens({
  key,
  lifetimes,
  leewaySeconds,
}: {
  key: Key
  lifetimes: Lifetimes
  leewaySeconds: number
}): Tokens {
  const policies = {
    access: policyOf('access', lifetimes.access, leewaySeconds),
    refresh: policyOf('refresh', lifetimes.refresh, leewaySeconds),
    page: policyOf('page', lifetimes.page, leewaySeconds),
    link: policyOf('link', lifetimes.link, leewaySeconds),
  }
  const keys = keySet(key)
  const verifierOf = (kind: 'access' | 'page') => createVerifier({ keys, policy: policies[kind] })
  /** Seconds from `since` on: never beyond the end of the family. */
  const within = ({ endsAt }: Family, since: number, seconds: number) =>
    Math.min(seconds, endsAt - since)
  const accessSeconds = (family: Family, now: number) => within(family, now, lifetimes.access)

  return {
    keys,
    policies,
    verify: {
      access: verifierOf('access'),
      page: verifierOf('page'),
      // Each of these comes once: there is nothing to remember.
      refresh: (token, now) => verify(token, { keys, policy: policies.refresh, now }),
      link: (token, now) => verify(token, { keys, policy: policies.link, now }),
    },
    accessSeconds,
    async access({ id: subject, name, roles }, family, now) {
      // The roles are for clients to read: this server asks the user's record, where a change counts at once.
      const claims = { sid: family.id, username: name, roles }
      const lifetimeSeconds = accessSeconds(family, now)
      const request = { subject, id: randomUUID(), lifetimeSeconds, claims }
      return await issue(request, { key, policy: policies.access, now })
    },
    async refresh(family) {
      const { subject, id: sid, current: id, rotatedAt: now } = family
      const lifetimeSeconds = within(family, now, lifetimes.refresh)
      const request = { subject, id, lifetimeSeconds, claims: { sid } }
      return await issue(request, { key, policy: policies.refresh, now })
    },
    async page({ subject, id, current, createdAt: now, endsAt }) {
      const lifetimeSeconds = endsAt - now
      const request = { subject, id: current, lifetimeSeconds, claims: { sid: id } }
      return await issue(request, { key, policy: policies.page, now })
    },
    async link({ subject, id, purpose }, now) {
      const request = { subject, id, lifetimeSeconds: lifetimes.link, claims: { purpose } }
      return await issue(request, { key, policy: policies.link, now })
    },
  }
}
