import { parseArgs } from 'node:util'

const parts = ['private', 'sessions', 'sweep', 'startup', 'workers', 'profile', 'accounts'] as const

export type Part = (typeof parts)[number]

/** How much is measured, and for how long. */
export interface Options {
  readonly only: readonly Part[]
  readonly rounds: number
  readonly seconds: number
  readonly sessionCounts: readonly number[]
  readonly expiredRecords: number
  /** A look alone, or a part alone, must not replace the results of a full run. */
  readonly write: boolean
}

export const help = `npm run bench                      everything, into bench/RESULTS.md and bench/private.svg
npm run bench -- --quick           a look in four minutes: prints, writes nothing
npm run bench -- --only private    some parts, with commas: ${parts.join(', ')}; writes nothing
npm run bench -- --rounds 5 --seconds 3`

/** What `read` makes of the command line. Who asks for help gets it, and so does who mistypes; then the process ends. */
export function optionsOrExit<T>(help: string, read: (args: readonly string[]) => T): T {
  const args = process.argv.slice(2)
  if (args.includes('--help')) {
    process.stdout.write(`${help}\n`)
    process.exit(0)
  }
  try {
    return read(args)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${help}\n`)
    process.exit(2)
  }
}

/** Of a bench with one option, `--rounds`. */
export function readRounds(args: readonly string[]): number {
  const options = { rounds: { type: 'string', default: '5' } } as const
  return atLeastOne('rounds', parseArgs({ args: [...args], options }).values.rounds)
}

export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
    },
  })
  const { quick } = values
  return {
    only: values.only === undefined ? parts : values.only.split(',').map(partNamed),
    rounds: atLeastOne('rounds', values.rounds ?? (quick ? '1' : '5')),
    seconds: atLeastOne('seconds', values.seconds ?? (quick ? '1' : '3')),
    sessionCounts: quick ? [1e3, 1e4] : [1e3, 1e4, 1e5, 1e6],
    expiredRecords: quick ? 1e5 : 1e6,
    write: !quick && values.only === undefined,
  }
}

function partNamed(name: string): Part {
  const part = parts.find((known) => known === name)
  if (part === undefined) throw new TypeError(`Cannot use --only ${name}: it is not a part`)
  return part
}

function atLeastOne(name: string, text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number > 0) return number
  throw new TypeError(`Cannot use --${name}: it is not a whole number above zero`)
}
