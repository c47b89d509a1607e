import { parseArgs } from 'node:util'
import { Problem } from './problem.ts'

const flags = {
  secret: { type: 'string' },
  'secret-file': { type: 'string' },
  key: { type: 'string' },
  jwks: { type: 'string' },
  issuer: { type: 'string' },
  audience: { type: 'string' },
  type: { type: 'string' },
  now: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

const names = Object.keys(flags)

export type Options = ReturnType<typeof parse>['values'] & {
  /** What is on the command line beside the options: a token, and perhaps the word Bearer. */
  readonly words: readonly string[]
}

/** Reads the command line; throws a Problem that says how it is written. */
export function readOptions(args: readonly string[], environment: NodeJS.ProcessEnv): Options {
  refuseTakenByNpm(environment)
  const { values, positionals } = parse(args)
  const { secret, 'secret-file': secretFile, key, jwks, now = '0' } = values
  if ([secret, secretFile, key, jwks].filter((given) => given !== undefined).length > 1)
    throw new Problem(
      'Cannot use several keys: give one of --secret, --secret-file, --key and --jwks',
    )
  if (!/^\d{1,12}$/.test(now))
    throw new Problem(
      'Cannot use --now: it is not a whole number of seconds since 1970. Milliseconds have too many digits',
    )
  return { ...values, words: positionals }
}

/** npm keeps options that come before `--`, and tells the script about them in the environment. */
function refuseTakenByNpm(environment: NodeJS.ProcessEnv): void {
  const taken = names.find((name) => `npm_config_${name.replaceAll('-', '_')}` in environment)
  if (taken === undefined || environment.npm_lifecycle_event !== 'inspect') return
  throw new Problem(
    `npm took --${taken} for an option of its own. Put two dashes before the options: npm run inspect <token> -- --${taken} …`,
  )
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
  const name = names.find((name) => new RegExp(`--${name}(?![\\w-])`).test(message))
  if (/^Unknown option/.test(message) || name === undefined) return 'one of them is not known here'
  if (/does not take an argument/.test(message)) return `--${name} takes no value`
  return `--${name} needs a value. One that begins with a dash is written --${name}=-…`
}
