import type { Handler } from '../../example/http/types.ts'
import { type AppDeps, createApp, createParts, type Parts } from '../../example/sessions/app.ts'
import { type Authenticate, createAuthenticate } from '../../example/sessions/authenticate.ts'
import type { Config } from '../../example/sessions/config.ts'
import type { RecordStore } from '../../example/store/types.ts'
import { createVerifier, type Verify } from '../../example/token/verifier.ts'

/** What our server is made of, and what may take the place of each part. */
export interface Switches {
  readonly now: (own: () => number) => () => number
  readonly config: (own: Config) => Config
  readonly store: (own: RecordStore) => RecordStore
  readonly sessions: (own: RecordStore) => Parts['sessions']
  readonly verify: (own: Verify, options: Pick<Parts, 'keys' | 'policy'>) => Verify
  readonly authenticate: (own: Authenticate) => Authenticate
  /** The whole server, as a part of another one in front of it. */
  readonly handler: (own: Handler) => Handler
}

const same = <Part>(own: Part): Part => own

/** The server of example/sessions, with something else where `change` says so. */
export function assemble(own: AppDeps, change: Partial<Switches>): Handler {
  const { now = same, config = same, store = same, handler = same } = change
  const deps = {
    config: config(own.config),
    store: store(own.store),
    now: now(own.now),
    log: own.log,
  }
  return handler(createApp(deps, withSwitched(deps, change)))
}

/** Whatever is made of a part that was switched is made again. */
function withSwitched(deps: AppDeps, change: Partial<Switches>): Parts {
  const parts = createParts(deps)
  const verify = (change.verify ?? same)(createVerifier(parts), parts)
  const sessions = change.sessions?.(deps.store) ?? parts.sessions
  const authenticate = createAuthenticate({ ...deps, ...parts, verify, sessions })
  return { ...parts, sessions, authenticate: (change.authenticate ?? same)(authenticate) }
}
