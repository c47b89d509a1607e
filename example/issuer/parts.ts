// What the handlers of this server are made of, each made once from the settings, the store, the clock and the log.
import type { Log } from '../http/types.ts'
import { Attempts } from '../password/attempts.ts'
import { createPasswords, type Passwords } from '../password/hash.ts'
import { createTakeAttempt, type TakeAttempt } from '../password/take-attempt.ts'
import { createAudit } from '../server/audit.ts'
import { leewayWith } from '../server/leeway.ts'
import type { RecordStore } from '../store/types.ts'
import { Administrators } from './administrator.ts'
import { AdministratorSessions } from './administrator-session.ts'
import { alarming } from './audit.ts'
import type { Config } from './config.ts'
import { createFindHolder } from './find-holder.ts'
import { createFindPlace } from './find-place.ts'
import { Grants } from './grant.ts'
import { encrypting, inTurns, signing } from './key-kinds.ts'
import { createMakeNamespace } from './make-namespace.ts'
import { Namespaces } from './namespace.ts'
import { rememberEvents } from './recent-events.ts'
import { Registrations } from './registrations.ts'
import { createRemoveNamespace } from './remove-namespace.ts'
import { Rings } from './rings.ts'
import { createRotateKeys } from './rotate-keys.ts'
import { createSendPair } from './send-pair.ts'
import { createCheckCredentials } from './sign-in.ts'
import { createTokens } from './tokens.ts'
import { createUseRefreshToken } from './use-refresh-token.ts'
import { Users } from './user.ts'

export interface AppDeps {
  readonly config: Config
  readonly store: RecordStore
  /** The time in seconds since 1970. */
  readonly now: () => number
  readonly log: Log
  /** Real ones, unless others are handed in: a test that is about something else has cheap ones. */
  readonly passwords?: Passwords
}

export type Parts = ReturnType<typeof createParts>

/** What the handlers are made of: a test or a lesson replaces one of these. */
export function createParts(deps: AppDeps) {
  const { config, store, now, log } = deps
  const namespaces = new Namespaces(store)
  const inTurn = inTurns()
  const signingKeys = new Rings(store, inTurn(signing))
  const encryptionKeys = new Rings(store, inTurn(encrypting))
  const users = new Users(store)
  const grants = new Grants(store, config.grantLimits)
  const { log: remembering, all: recentEvents } = rememberEvents(log, now)
  const audit = createAudit(remembering, alarming)
  const passwords = deps.passwords ?? createPasswords()
  const leewaySeconds = leewayWith(config.storeUrl.engine)
  const tokens = createTokens({ issuer: config.issuer, leewaySeconds })
  const takeWith = (perMinute: number): TakeAttempt => {
    const attempts = new Attempts(store, perMinute)
    const take = createTakeAttempt({ attempts, refusal: tooManyGuesses, now })
    return (whose) => take(`issuer ${whose}`) // other servers may count in the same store
  }
  const takeAttempt = takeWith(config.failedSignInsPerMinute)
  const takeOfAccount = takeWith(config.failedSignInsPerMinute * 10)
  const administrators = new Administrators(store)
  const findHolder = createFindHolder({ users, grants, now })
  return {
    findHolder,
    namespaces,
    signingKeys,
    encryptionKeys,
    users,
    grants,
    audit,
    recentEvents,
    passwords,
    tokens,
    administrators,
    administratorSessions: new AdministratorSessions(store, administrators),
    takeAttempt,
    takeOfAccount,
    removeNamespace: createRemoveNamespace({ namespaces, signingKeys, encryptionKeys, users }),
    registrations: new Registrations(store),
    rotateKeys: createRotateKeys({ signingKeys, encryptionKeys, audit, now }),
    sendPair: createSendPair({ tokens, now }),
    makeNamespace: createMakeNamespace({ namespaces, signingKeys, encryptionKeys, now }),
    findPlace: createFindPlace({ namespaces, signingKeys, encryptionKeys, now }),
    useRefreshToken: createUseRefreshToken({ tokens, findHolder, grants, audit, now, log }),
    checkCredentials: createCheckCredentials({
      users,
      passwords,
      takeAttempt,
      takeOfAccount,
      audit,
    }),
  }
}

const tooManyGuesses =
  'Cannot look at your password: too many wrong ones came for this account or from your address'
