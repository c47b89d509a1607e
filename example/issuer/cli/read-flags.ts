import { parseArgs } from 'node:util'
import { nearestOf } from '../../server/misspelled.ts'
import { ConfigError } from '../../server/read-settings.ts'
import type { Given } from '../../server/types.ts'
import { userName, userRule } from '../user.ts'
import { settings, settingsOf } from './settings.ts'

/** What was asked for on the command line: one thing to do, and settings. */
export interface Asked {
  readonly command: keyof typeof commands | 'serve'
  /** The name of the administrator whom `--init` makes. */
  readonly admin: string
  readonly given: Given
  /** The flag behind each of these settings, as it was typed. */
  readonly typed: Given
  /** A password stands on the command line. */
  readonly showsPassword: boolean
}

/** What the program does instead of serving. */
export const commands = {
  conf: { about: 'Writes .env.issuer, for you alone, with every setting and what it is.' },
  init: { about: 'Makes the first administrator, whose password it asks for or reads.' },
  'change-password': {
    about:
      'Gives the store another password, which it asks for or reads; the server must be stopped.',
  },
  version: { short: 'V', about: 'Says which version this is.' },
  help: { short: 'h', about: 'Says this.' },
} as const

const commandNames = Object.keys(commands) as ReadonlyArray<keyof typeof commands>

/** Whoever asks for help may have typed what is wrong. */
const help: Asked = { command: 'help', admin: '', given: {}, typed: {}, showsPassword: false }

/** The flag that goes with `--init`. */
export const adminFlag = { flag: 'admin', takes: 'name', about: 'Their name: admin, unless given.' }

const flags = settings.filter(({ flag }) => flag !== undefined)

const options = Object.fromEntries<{ type: 'string' | 'boolean'; short?: string }>([
  ...[...flags, adminFlag].map(
    ({ flag = '', short, takes }: (typeof flags)[number]) =>
      [
        flag,
        {
          type: takes === undefined ? ('boolean' as const) : ('string' as const),
          ...(short && { short }),
        },
      ] as const,
  ),
  ...Object.entries(commands).map(
    ([name, command]) =>
      [
        name,
        { type: 'boolean' as const, ...('short' in command && { short: command.short }) },
      ] as const,
  ),
])

/**
 * Reads the command line.
 * @throws Error in one sentence for one that makes no sense
 */
export function readFlags(args: readonly string[]): Asked {
  if (args.some((arg) => ['-h', '--help'].includes(withTwoDashes(arg)))) return help
  const { values, rawNames } = parse(args.map(withTwoDashes))
  const { admin = 'admin', pswd } = values
  if (values.admin !== undefined && !values.init) throw cannot('--admin goes with --init')
  if (!userName.test(`${admin}`)) throw cannot(`--admin ${userRule}`)
  const given = flags.flatMap((setting) => {
    const { flag } = setting
    const value = values[`${flag}`]
    if (value === undefined) return []
    const raw = `${rawNames.get(`${flag}`)}`
    return Object.entries(settingsOf(setting, `${value}`, raw)).map((entry) => ({ raw, entry }))
  })
  const [command = 'serve', another] = commandNames.filter((name) => values[name])
  if (another !== undefined) throw cannot(`--${command} and --${another} do not go together`)
  return {
    command,
    admin: `${admin}`,
    given: Object.fromEntries(given.map(({ entry }) => entry)),
    typed: Object.fromEntries(given.map(({ raw, entry: [name] }) => [name, raw])),
    showsPassword: pswd !== undefined,
  }
}

/** Reads settings; what is refused is named as it was typed, too. */
export function namingFlags<Config>({ typed }: Asked, read: () => Config): Config {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const name = (problem: string) => problem.slice(0, problem.indexOf(':'))
    throw new ConfigError(
      error.problems.map((problem) => {
        const flag = typed[name(problem)]
        return flag === undefined ? problem : problem.replace(':', ` (${flag}):`)
      }),
    )
  }
}

function parse(args: string[]) {
  try {
    const { values, tokens } = parseArgs({ args, options, allowPositionals: false, tokens: true })
    const rawNames = new Map(
      tokens.flatMap((token) => (token.kind === 'option' ? [[token.name, token.rawName]] : [])),
    )
    return { values: values as Record<string, string | boolean | undefined>, rawNames }
  } catch (error) {
    throw cannot(why(error as Error))
  }
}

const cannot = (why: string) => new Error(`Cannot read the command line: ${why}. See --help`)

/** Programs in Go write `-init`, which would be four short flags. */
function withTwoDashes(arg: string): string {
  const name = /^-([a-z][a-z-]+)(?:=|$)/i.exec(arg)?.[1]
  return name !== undefined && Object.hasOwn(options, name) ? `-${arg}` : arg
}

/** The first sentence of Node's; it repeats a word that has no flag, which may be half of a password. */
function why({ message }: Error): string {
  if (message.startsWith('Unexpected argument')) return 'a word in it belongs to no flag'
  const [sentence = ''] = message.split(/\.(?:\s|$)/)
  const unknown = /^Unknown option '--(.+)'/.exec(sentence)?.[1]
  const nearest = unknown && nearestOf(unknown, Object.keys(options))
  const meant = nearest ? `; --${nearest} is one` : ''
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}${meant}`
}
