import type { Cores } from './cores.ts'
import type { Options } from './options.ts'
import type { Accounts } from './parts/accounts.ts'
import type { Expiry } from './parts/expiry.ts'
import type { Private } from './parts/private.ts'
import type { Profiles } from './parts/profile.ts'
import type { SessionCount } from './parts/sessions.ts'
import type { Startup } from './parts/startup.ts'
import type { Sweep } from './parts/sweep.ts'
import type { Results } from './rounds.ts'

/** All that a run has found out. What was not asked for, or cannot be measured here, is `undefined`. */
export interface Findings {
  readonly options: Options
  readonly cores: Cores | undefined
  readonly private: Private | undefined
  readonly sessions: readonly SessionCount[] | undefined
  readonly sweep: Sweep | undefined
  readonly expiry: Expiry | undefined
  readonly startup: Startup | undefined
  readonly profiles: Profiles | undefined
  readonly workers: Results | undefined
  readonly accounts: Accounts | undefined
}
