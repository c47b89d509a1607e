import * as v from 'valibot'
import { misspelled } from './misspelled.ts'
import { ownHost, whyStrict } from './reach.ts'
import type { sharedSettings } from './settings.ts'
import type { Given } from './types.ts'

/** The settings are wrong: one line for each, all at once, by name and never with a secret's value. */
export class ConfigError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`Cannot start with these settings:\n${problems.map((p) => `  ${p}`).join('\n')}`)
    this.name = 'ConfigError'
    this.problems = problems
  }
}

type Entries = typeof sharedSettings & Record<string, v.GenericSchema>

/**
 * Reads settings: from the environment first, then from a file. An empty one counts as absent.
 * @throws ConfigError with all that is wrong
 */
export function readSettings<T extends Entries>(
  entries: T,
  {
    environment,
    file,
    required = [],
    refusedForOthers = () => [],
  }: {
    environment: Given
    file: Given
    /** What has to be given where others can reach the server. */
    required?: readonly string[]
    /** What is too weak there: the name of each setting, and why. */
    refusedForOthers?: (given: Given) => Array<readonly [name: string, why: string]>
  },
): { env: v.InferOutput<v.ObjectSchema<T, undefined>>; given: Given } {
  const given: Given = { ...filled(file), ...filled(environment) }
  const parsed = v.safeParse(v.object(entries), given)
  const where = whyStrict(given)
  const forOthers =
    where === undefined
      ? []
      : [
          ...required
            .filter((name) => given[name] === undefined)
            .map((name) => `${name}: must be given ${where}`),
          ...refusedForOthers(given).map(([name, why]) => `${name}: refused ${where}: it ${why}`),
        ]
  const problems = [
    ...misspelled(environment, file, [...Object.keys(entries), 'HOST', ...ofCompose]),
    ...(parsed.issues ?? []).map(sayIssue),
    ...forOthers,
    ...(forOthers.length > 0 && isByHostAlone(given) ? [forYouAlone] : []),
    ...(parsed.success ? tooManyWorkers(parsed.output as Workers) : []),
  ]
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems)
  return { env: parsed.output, given }
}

// compose.yml reads the same .env
const ofCompose = ['REDIS_PASSWORD', 'ACCOUNTS_ORIGIN', 'ISSUER_ORIGIN', 'ISSUER_PASSWORD']

function filled(settings: Given): Given {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value))
}

/** Some shells and package managers export a HOST that was meant for others. */
function isByHostAlone(given: Given): boolean {
  return whyStrict({ ...given, HOST: ownHost }) === undefined
}

const forYouAlone = `HOST: set ${ownHost} if this server is for you alone`

type Workers = Pick<
  v.InferOutput<v.ObjectSchema<typeof sharedSettings, undefined>>,
  'WORKERS' | 'STORE_URL'
>

function tooManyWorkers({ WORKERS, STORE_URL: { engine } }: Workers): string[] {
  if (WORKERS === 1 || engine.startsWith('redis')) return []
  const why =
    engine === 'level'
      ? 'LevelDB lets only one process open its files'
      : 'each process has a memory of its own'
  return [`WORKERS: ${why}: use 1, or a Redis in STORE_URL`]
}

function sayIssue(issue: v.BaseIssue<unknown>): string {
  return `${v.getDotPath(issue)}: ${issue.message}`
}
