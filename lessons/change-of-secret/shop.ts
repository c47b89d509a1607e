import { MemoryLevel } from 'memory-level'
import { type AppDeps, createApp, createParts, type Parts } from '../../example/sessions/app.ts'
import { createAuthenticate } from '../../example/sessions/authenticate.ts'
import { readConfig } from '../../example/sessions/config.ts'
import { LevelStore } from '../../example/store/level/store.ts'
import { issue } from '../../example/token/issue.ts'
import type { Key, KeySet } from '../../example/token/key.ts'
import { createVerifier } from '../../example/token/verifier.ts'
import { call } from '../checks.ts'
import { disagreement } from '../disagree.ts'
import { type Answer, type Ask, forgetExchange, serving } from '../exchange.ts'
import { form, open, right, signIn } from '../two-servers/requests.ts'

type Environment = Readonly<Record<string, string | undefined>>
type Keys = { readonly signingKey: Key; readonly keys: KeySet }
type Lesson = { loadKeys(env: Environment): Keys }

const config = readConfig({
  STORE_URL: 'memory:',
  DEMO_USER: 'ada',
  DEMO_PASSWORD: 'open sesame',
})

/**
 * The server of example/sessions with the keys of a lesson. For every request it is started with the
 * settings of that moment, and stopped again; its records stay, and its clock stands still.
 */
export function openShop(lesson: Lesson) {
  const store = new LevelStore(new MemoryLevel<string, string>())
  const deps = { config, store, now: () => 2_000_000_000, log: () => {} }

  async function ask(env: Environment, request: Ask): Promise<Answer> {
    forgetExchange() // what an earlier server was asked says nothing of this one
    const handle = createApp(deps, partsWith(await keysFor(env, lesson), deps))
    return await serving(
      (req, res) => void handle(req, res),
      (send) => send(request),
    )
  }

  return {
    /** The token that Ada gets. */
    async signIn(env: Environment): Promise<string> {
      const { status, headers } = await ask(env, signIn(form, right))
      if (status === 200) return headers.authorization ?? ''
      throw disagreement(openShop, 'Ada signs in', { actual: status, expected: 200 })
    },
    /** The status of /private for whoever shows this token. */
    async open(env: Environment, token: string): Promise<number> {
      const { status } = await ask(env, open(`Bearer ${token}`))
      return status
    },
  }
}

async function keysFor(env: Environment, { loadKeys }: Lesson): Promise<Keys> {
  try {
    return await loadKeys(env)
  } catch (thrown) {
    const message = `no server starts, because ${call('loadKeys', env)} threw ${thrown}`
    throw disagreement(keysFor, message, { thrown })
  }
}

/** The parts that know a key are made again. */
function partsWith({ signingKey, keys }: Keys, deps: AppDeps): Parts {
  const parts = createParts(deps)
  const { policy } = parts
  const verify = createVerifier({ keys, policy })
  const lifetimeSeconds = deps.config.sessionLifetimeSeconds
  return {
    ...parts,
    keys,
    authenticate: createAuthenticate({ ...deps, ...parts, verify }),
    issueToken: (subject, id, now) =>
      issue({ subject, id, lifetimeSeconds }, { key: signingKey, policy, now }),
  }
}
