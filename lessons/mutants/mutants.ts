import { verify } from '../../example/token/verify.ts'
import type { Switches } from './assemble.ts'
import { forge } from './forge.ts'
import { like } from './like.ts'
import {
  audienceIn,
  ClockSessions,
  capitalBearerOnly,
  cookieSignsOut,
  isUnsigned,
  liveRecord,
  mustBeKnown,
  stoppable,
} from './wrong-parts.ts'

// Do not read on before you have hunted: this says what is wrong with each of them.

/** Our server with one thing switched. */
export interface Mutant {
  /** What somebody noticed. */
  readonly symptom: string
  /** How to see it happen. */
  readonly hint: string
  /** The one switch. */
  readonly change: Partial<Switches>
}

/** The easier ones to find come first. */
export const mutants: Readonly<Record<string, Mutant>> = {
  'sign-out forgets': {
    symptom: 'Ada signed out at the library. Her token still opened the page.',
    hint: 'Sign in, sign out, and ask for /private with the same token.',
    change: { store: (own) => like(own, { replace: async () => true }) },
  },
  'anybody may stop it': {
    symptom: 'Somebody typed /exit into the address bar. The site was gone.',
    hint: 'Ask for a page that does not exist. The answer should say so.',
    change: { handler: stoppable },
  },
  'the signature is not verified': {
    symptom: 'Mallory signed a token with another secret, and was let in.',
    hint: 'forge() signs with any secret. What does /private say to that?',
    change: { verify: (own) => (token, now) => own(forge(token), now) },
  },
  'time stands still': {
    symptom: 'A token from last winter, found in a backup, opened the page.',
    hint: 'Sign in, move the clock to the end of the session, come back.',
    change: { now: readOnce },
  },
  'no limit': {
    symptom: 'One sign-in form of two gigabytes filled the memory.',
    hint: 'Send more to /auth than any user name and password need.',
    change: { config: (own) => ({ ...own, maxBodyBytes: Number.POSITIVE_INFINITY }) },
  },
  'an outage opens': {
    symptom: 'While the records were out of reach, ended sessions were back.',
    hint: 'Sign in, break the store, ask for /private. A 200 is a guess.',
    change: {
      store: (own) => like(own, { get: (key) => own.get(key).catch(() => liveRecord(key)) }),
    },
  },
  'no algorithm needs no signature': {
    symptom: 'A token with the algorithm "none" needed no signature.',
    hint: 'The header of a token can be forged as well as its claims.',
    change: {
      verify: (own) => (token, now) => own(isUnsigned(token) ? forge(token, hs256) : token, now),
    },
  },
  'for anybody': {
    symptom: 'A token of the photo shop, which shares our secret, worked here.',
    hint: 'Which claim says whom a token is for? Forge that one.',
    change: {
      verify: (_own, { keys, policy }) => {
        return async (token, now) =>
          await verify(token, { keys, policy: { ...policy, audience: audienceIn(token) }, now })
      },
    },
  },
  'a second sign-out breaks it': {
    symptom: 'Ada pressed "Sign out" twice. The second time something broke.',
    hint: 'What does /logout say to somebody who is out already?',
    change: { authenticate: (own) => async (req, ask) => mustBeKnown(req, await own(req, ask)) },
  },
  'an outage signs everybody out': {
    symptom: 'The records were away for a minute. All had to sign in again.',
    hint: 'Sign in, break the store, ask for /private. A 401 is a guess.',
    change: { store: (own) => like(own, { get: (key) => own.get(key).catch(() => undefined) }) },
  },
  'a link signs you out': {
    symptom: 'A link in a forum, to our /logout, signed out all who followed.',
    hint: 'A browser follows a link with GET, and sends its cookie along.',
    change: { handler: cookieSignsOut },
  },
  'ids from the clock': {
    symptom: 'Two devices signed in at once. One signed out: both were out.',
    hint: 'Two sign-ins while the clock stands still are two sessions.',
    change: { sessions: (store) => new ClockSessions(store) },
  },
  'a lost record is not noticed': {
    symptom: 'The disk was full. Signing in said yes, the next click said no.',
    hint: 'Break the store before somebody signs in.',
    change: { store: (own) => like(own, { insert: (...r) => own.insert(...r).catch(() => true) }) },
  },
  'one spelling of Bearer': {
    symptom: 'One client library writes "bearer". Its users could not get in.',
    hint: 'Upper or lower case, a scheme is the same: RFC 9110 §11.1.',
    change: { handler: capitalBearerOnly },
  },
}

const hs256 = { header: { alg: 'HS256' } }

/** Looks at the clock only once, when the server starts. */
function readOnce(now: () => number): () => number {
  const start = now()
  return () => start
}
