import { parseArgs } from 'node:util'
import type { Given } from '../../server/types.ts'
import { settings, settingsOf } from './settings.ts'

/** What was asked for on the command line: one thing to do, and settings. */
export interface Asked {
  readonly does: 'help' | 'version' | 'conf' | 'init' | 'serve'
  /** The name of the administrator whom `--init` makes. */
  readonly admin: string
  readonly given: Given
  /** A password stands on the command line. */
  readonly showsPassword: boolean
}

/** What the program does instead of serving. */
export const commands = {
  conf: { about: 'Writes .env.issuer, for you alone, with every setting and what it is.' },
  init: { about: 'Makes the first administrator, whose password it asks for or reads.' },
  version: { short: 'V', about: 'Says which version this is.' },
  help: { short: 'h', about: 'Says this.' },
} as const

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
  const values = parse(args.map(withTwoDashes))
  const given = flags.flatMap((setting) => {
    const value = values[`${setting.flag}`]
    return value === undefined ? [] : [settingsOf(setting, String(value))]
  })
  const does = (['help', 'version', 'conf', 'init'] as const).find((name) => values[name])
  return {
    does: does ?? 'serve',
    admin: String(values.admin ?? 'admin'),
    given: Object.fromEntries(given.flatMap(Object.entries)),
    showsPassword: values.pswd !== undefined,
  }
}

function parse(args: string[]): Record<string, string | boolean | undefined> {
  try {
    return parseArgs({ args, options, allowPositionals: false }).values as ReturnType<typeof parse>
  } catch (error) {
    throw new Error(`Cannot read the command line: ${why(error as Error)}. See --help`)
  }
}

/** Programs in Go write `-init`, which would be four short flags. */
function withTwoDashes(arg: string): string {
  const name = /^-([a-z]{2,})(?:=|$)/i.exec(arg)?.[1]
  return name !== undefined && Object.hasOwn(options, name) ? `-${arg}` : arg
}

/** The first sentence of Node's; it repeats a word that has no flag, which may be half of a password. */
function why({ message }: Error): string {
  if (message.startsWith('Unexpected argument')) return 'a word in it belongs to no flag'
  const [sentence = ''] = message.split(/\.(?:\s|$)/)
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`
}
