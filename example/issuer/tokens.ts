import { randomUUID } from 'node:crypto'
import type { EncryptionKey } from '../token/encryption-key.ts'
import { issue } from '../token/issue.ts'
import { encrypt, openNested } from '../token/jwe.ts'
import type { Key } from '../token/key.ts'
import type { Policy, TokenClaims } from '../token/types.ts'
import { verify } from '../token/verify.ts'
import type { Grant, GrantKey, Holder } from './grant.ts'
import type { Namespace } from './namespace.ts'
import type { Keys } from './rings.ts'
import type { User } from './user.ts'

type Kind = 'access' | 'refresh'

/** Where a token belongs: an application, and its keys as they stand. */
export interface Place {
  readonly namespace: Namespace
  readonly keys: Keys<Key>
  readonly encryption: Keys<EncryptionKey>
}

interface Access {
  readonly token: string
  /** Its `jti`. */
  readonly id: string
  /** In seconds since 1970. */
  readonly expiresAt: number
}

/** Makes and proves the tokens of all namespaces: each has keys, an issuer and an audience of its own. */
export interface Tokens {
  access(place: Place, holder: Holder, times: { seconds: number; now: number }): Promise<Access>
  /** Signed, then encrypted: whoever carries it learns nothing from it. */
  refresh(place: Place, grant: Grant): Promise<string>
  verifyAccess(place: Place, token: string, now: number): Promise<TokenClaims>
  verifyRefresh(place: Place, token: string, now: number): Promise<TokenClaims>
}

/** Tokens as this issuer makes them: what each kind must be is one policy, by which it is made and proven. */
export function createTokens(deps: {
  /** The address of this server, with which every `iss` begins. */
  issuer: string
  leewaySeconds: number
}): Tokens {
  /** What counts as a token of this kind in this namespace. */
  function policyOf(kind: Kind, namespace: Namespace): Policy {
    const { name, alg, maxAccessSeconds, maxRefreshSeconds } = namespace
    return {
      algorithms: [alg],
      type: kind === 'access' ? 'at+jwt' : 'refresh+jwt', // RFC 9068 §2.1
      issuer: `${deps.issuer}/${name}`,
      audience: kind === 'access' ? name : `${name}/refresh`,
      maxLength: 8192,
      maxLifetimeSeconds: kind === 'access' ? maxAccessSeconds : maxRefreshSeconds,
      leewaySeconds: deps.leewaySeconds,
    }
  }

  return {
    async access({ namespace, keys }, { user, grant }, { seconds, now }) {
      const { id: sid, subject, endsAt } = grant
      const said = user === undefined ? grant.claims : claimsOf(user, namespace)
      const most = Math.min(seconds, namespace.maxAccessSeconds, endsAt - now)
      const lifetimeSeconds = Math.max(most, 1) // its grant was live, and may end in this very second
      const claims = { ...said, ...belonging(grant, namespace), sid }
      const request = { subject, id: randomUUID(), lifetimeSeconds, claims }
      const policy = policyOf('access', namespace)
      const token = await issue(request, { key: keys.current, policy, now })
      return { token, id: request.id, expiresAt: now + lifetimeSeconds }
    },
    async refresh({ namespace, keys, encryption }, grant) {
      const { subject, id: sid, current: id, rotatedAt: now, refreshSeconds, endsAt } = grant
      const most = namespace.maxRefreshSeconds // it may have become less
      const lifetimeSeconds = Math.min(refreshSeconds, most, endsAt - now)
      const claims = { ...belonging(grant, namespace), sid }
      const request = { subject, id, lifetimeSeconds, claims }
      const policy = policyOf('refresh', namespace)
      const signed = await issue(request, { key: keys.current, policy, now })
      return await encrypt(signed, { key: encryption.current, enc: namespace.encryption.enc })
    },
    async verifyAccess({ namespace, keys: { all } }, token, now) {
      return await verify(token, { keys: all, policy: policyOf('access', namespace), now })
    },
    async verifyRefresh({ namespace, keys: { all }, encryption }, token, now) {
      const policy = policyOf('refresh', namespace)
      const opening = {
        keys: encryption.all,
        contentEncryptions: [namespace.encryption.enc],
        maxLength: 8192,
      }
      return await openNested(token, opening, (signed) =>
        verify(signed, { keys: all, policy, now }),
      )
    },
  }
}

/** What an access token says of a user. Seeds' clients read these names; of the groups those that the namespace has, too. */
function claimsOf({ name: usr, groups, organisations }: User, namespace: Namespace) {
  const grp = groups.filter((group) => namespace.groups.includes(group))
  const org = organisations.filter((each) => namespace.organisations.includes(each))
  return { usr, grp, org }
}

/** A token that is no user's says which application asked for it (RFC 9068 §2.2). */
const belonging = (grant: Grant, { name }: Namespace) =>
  grant.user === undefined ? { client_id: name } : {}

/** Where the grant of a token stands. */
export function grantKeyOf({ nsId }: Namespace, { sub, sid, client_id }: TokenClaims): GrantKey {
  return { nsId, user: client_id === undefined ? sub : undefined, id: String(sid) }
}
