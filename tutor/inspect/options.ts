import { parseArgs } from 'node:util'
import { Problem } from './problem.ts'

const flags = {
  secret: { type: 'string' },
  key: { type: 'string' },
  jwks: { type: 'string' },
  issuer: { type: 'string' },
  audience: { type: 'string' },
  type: { type: 'string' },
  now: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

export interface Options {
  /** What is on the command line beside the options: a token, and perhaps the word Bearer. */
  readonly words: readonly string[]
  readonly secret?: string
  readonly key?: string
  readonly jwks?: string
  readonly issuer?: string
  readonly audience?: string
  readonly type?: string
  /** Seconds since 1970. */
  readonly now?: number
  readonly json?: boolean
  readonly help?: boolean
}

/** Reads the command line; throws a Problem that says how it is written. */
export function readOptions(args: readonly string[], environment: NodeJS.ProcessEnv): Options {
  const swallowed = Object.keys(flags).find((name) => tookByNpm(name, environment))
  if (swallowed !== undefined)
    throw new Problem(
      `npm took --${swallowed} for an option of its own. Put two dashes before the options: npm run inspect <token> -- --${swallowed} …`,
    )
  const { values, positionals } = parse(args)
  if ([values.secret, values.key, values.jwks].filter((given) => given !== undefined).length > 1)
    throw new Problem('Cannot use several keys: give one of --secret, --key and --jwks')
  const { now, ...others } = values
  if (now === undefined) return { ...others, words: positionals }
  if (!/^\d{1,12}$/.test(now))
    throw new Problem('Cannot use --now: it is not a whole number of seconds since 1970')
  return { ...others, now: Number(now), words: positionals }
}

/** npm keeps options that come before `--`, and tells the script about them in the environment. */
function tookByNpm(name: string, environment: NodeJS.ProcessEnv): boolean {
  return environment.npm_lifecycle_event === 'inspect' && `npm_config_${name}` in environment
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: flags })
  } catch (error) {
    throw new Problem(`Cannot read the options: ${reasonOf(error)}. See npm run inspect -- --help`)
  }
}

/** Node's own messages repeat what was typed: only the name of a known option is taken from them. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : ''
  const name = Object.keys(flags).find((name) => message.includes(`--${name}`))
  if (/^Unknown option/.test(message) || name === undefined) return 'one of them is not known here'
  if (/does not take an argument/.test(message)) return `--${name} takes no value`
  return `--${name} needs a value. One that begins with a dash is written --${name}=-…`
}
