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

const keyOptions = ['secret', 'secret-file', 'key', 'jwks'] as const

export interface Options extends Omit<ReturnType<typeof parse>['values'], 'now'> {
  /** What is on the command line beside the options: a token, and perhaps the word Bearer. */
  readonly words: readonly string[]
  /** Seconds since 1970. */
  readonly now?: number
}

/** Reads the command line; throws a Problem that says how it is written. */
export function readOptions(args: readonly string[], environment: NodeJS.ProcessEnv): Options {
  const swallowed = Object.keys(flags).find((name) => tookByNpm(name, environment))
  if (swallowed !== undefined)
    throw new Problem(
      `npm took --${swallowed} for an option of its own. Put two dashes before the options: npm run inspect <token> -- --${swallowed} …`,
    )
  const { values, positionals } = parse(args)
  if (keyOptions.filter((name) => values[name] !== undefined).length > 1)
    throw new Problem(
      'Cannot use several keys: give one of --secret, --secret-file, --key and --jwks',
    )
  const { now, ...others } = values
  if (now === undefined) return { ...others, words: positionals }
  if (!/^\d{1,12}$/.test(now))
    throw new Problem('Cannot use --now: it is not a whole number of seconds since 1970')
  return { ...others, now: Number(now), words: positionals }
}

/** npm keeps options that come before `--`, and tells the script about them in the environment. */
function tookByNpm(name: string, environment: NodeJS.ProcessEnv): boolean {
  return (
    environment.npm_lifecycle_event === 'inspect' &&
    `npm_config_${name.replaceAll('-', '_')}` in environment
  )
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: joined(args), allowPositionals: true, options: flags })
  } catch (error) {
    throw new Problem(`Cannot read the options: ${reasonOf(error)}. See npm run inspect -- --help`)
  }
}

/**
 * A key in PEM begins with dashes, which Node would take for an option. With its option it becomes
 * one argument, so that the report can say what is wrong with a key in this place.
 */
function joined(args: readonly string[]): string[] {
  return args.flatMap((arg, place) => {
    if (isPem(arg) && isKeyOption(args[place - 1])) return []
    const next = args[place + 1] ?? ''
    return isKeyOption(arg) && isPem(next) ? [`${arg}=${next}`] : [arg]
  })
}

function isKeyOption(arg: string | undefined): boolean {
  return keyOptions.some((name) => arg === `--${name}`)
}

function isPem(arg: string): boolean {
  return /^-+BEGIN |^-----/.test(arg)
}

/** Node's own messages repeat what was typed: only the name of a known option is taken from them. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : ''
  const name = Object.keys(flags).find((name) => new RegExp(`--${name}(?![\\w-])`).test(message))
  if (/^Unknown option/.test(message) || name === undefined) return 'one of them is not known here'
  if (/does not take an argument/.test(message)) return `--${name} takes no value`
  return `--${name} needs a value. One that begins with a dash is written --${name}=-…`
}
