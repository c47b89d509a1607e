// What the handlers of this server are made of, each made once from the settings, the store, the clock and the log.
import type { Log } from '../http/types.ts'
import { Attempts } from '../password/attempts.ts'
import { createPasswords, type Passwords } from '../password/hash.ts'
import { createTakeAttempt } from '../password/take-attempt.ts'
import { createAudit } from '../server/audit.ts'
import { hostCookie } from '../server/host-cookie.ts'
import { leewayWith } from '../server/leeway.ts'
import { ConfigError } from '../server/read-settings.ts'
import type { RecordStore } from '../store/types.ts'
import { alarming } from './audit.ts'
import { createAuthenticate } from './authenticate.ts'
import type { Config } from './config.ts'
import { Families } from './family.ts'
import { createLinks } from './links.ts'
import { type Mail, Outbox, type SendMail } from './outbox.ts'
import { accountsKey } from './policy.ts'
import { createSendLink } from './send-link.ts'
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
  /** Without one a teaching server shows its mail at `/outbox`, and any other has no links. */
  readonly sendMail?: SendMail
}

export type Parts = ReturnType<typeof createParts>

/**
 * What the handlers are made of: a test or a lesson replaces one of these.
 * @throws ConfigError when mail is sent, and nothing says where its links lead
 */
export function createParts(deps: AppDeps) {
  const { config, store, now, log } = deps
  const users = new Users(store)
  const families = new Families(store)
  const audit = createAudit(log, alarming)
  const cookie = hostCookie('accounts', config)
  const passwords = deps.passwords ?? createPasswords()
  const pageSeconds = Math.min(config.refreshSeconds, config.sessionSeconds)
  const seenSeconds = config.accessSeconds
  const tokens = createTokens({
    key: accountsKey(config.secret),
    lifetimes: {
      access: config.accessSeconds,
      refresh: config.refreshSeconds,
      page: pageSeconds,
      link: config.linkSeconds,
    },
    leewaySeconds: leewayWith(config.storeUrl.engine),
  })
  const rules = {
    policy: config.refreshPolicy,
    graceSeconds: config.graceSeconds,
    lifetimeSeconds: config.refreshSeconds,
  }
  const { linkSeconds, publicOrigin, teaching } = config
  const links = createLinks({ store, tokens, users, linkSeconds, audit, now, log })
  const outbox = new Outbox(store, now)
  if (deps.sendMail !== undefined && publicOrigin === undefined) throw new ConfigError([noOrigin])
  const sendMail = deps.sendMail ?? (teaching ? (mail: Mail) => outbox.put(mail) : undefined)
  const sendLink = sendMail && createSendLink({ links, sendMail, publicOrigin, linkSeconds, audit })
  return {
    links,
    outbox,
    sendLink,
    takeLink: createTakeAttempt({
      attempts: new Attempts(store, config.linksPerMinute),
      refusal: tooManyLinks,
      now,
    }),
    users,
    families,
    audit,
    cookie,
    pageSeconds,
    passwords,
    tokens,
    rules,
    authenticate: createAuthenticate({ tokens, users, families, cookie, seenSeconds, now, log }),
    checkCredentials: createCheckCredentials({
      users,
      families,
      passwords,
      takeAttempt: createTakeAttempt({
        attempts: new Attempts(store, config.failedSignInsPerMinute),
        refusal: tooManyGuesses,
        now,
      }),
      audit,
      now,
    }),
    useRefreshToken: createUseRefreshToken({ tokens, users, families, rules, audit, now, log }),
    sendPair: createSendPair({ tokens, policy: config.refreshPolicy, now }),
  }
}

const noOrigin = 'PUBLIC_ORIGIN: must be given where mail is sent: it says where links lead'
const tooManyGuesses =
  'Cannot look at your password: too many wrong ones came for this account or from your address'
const tooManyLinks =
  'Cannot send a link: too many were asked for, for this account or from your address'
