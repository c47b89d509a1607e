import { parseArgs } from 'node:util'
import { commands } from './commands.ts'

export const usage = `npm run learn               the guide: it checks your exercise at every save
npm run learn N             the guide, at lesson N
npm run learn list          all lessons, and how far you are
npm run learn demo N        run the demonstration of lesson N
npm run learn check N       go to lesson N, and run the checks on your exercise
npm run learn hint N        one more hint
npm run learn reset N       begin again; your attempt is kept
npm run learn diff N        your answer beside the solution, after passing
npm run learn solution N    the solution
npm run learn next          leave this lesson for the next one
npm run learn export [FILE] your answers and your progress, in one file
npm run learn import FILE   put them back; what stands there is kept

Without N, the lesson you are at. For the guide:
  npm run learn -- --plain    for screen readers: no colors, nothing is redrawn
  npm run learn -- --manual   check when you press Enter, and only then

On a page, in a browser or beside your editor:
  npm run learn -- --web           the course
  npm run learn -- --class FOLDER  a class: a folder for each learner's my/`

interface Options {
  readonly words: readonly string[]
  readonly plain: boolean
  readonly manual: boolean
  readonly web: boolean
  /** Where the folders of a class are. */
  readonly folder?: string | undefined
  readonly help: boolean
  /** What is wrong with the command line, if anything, and how it is written. */
  readonly problem?: string
}

/** Reads the command line. npm keeps flags without `--` before them to itself and tells them in the environment. */
export function readOptions(args: readonly string[], environment: NodeJS.ProcessEnv): Options {
  const at = args.findIndex((arg) => !arg.startsWith('-'))
  const ours = args[at] === 'demo' ? args.slice(0, at) : args
  try {
    const { values, positionals } = parseArgs({
      args: [...ours],
      allowPositionals: true,
      options: {
        plain: { type: 'boolean' },
        manual: { type: 'boolean' },
        web: { type: 'boolean' },
        class: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    const options = {
      ...flagsOf(values, environment),
      words: [...positionals, ...args.slice(ours.length)], // what follows demo is its own
      help: values.help === true,
    }
    const problem = swallowed(environment, positionals) ?? problemOf(positionals)
    return problem === undefined ? options : { ...options, problem }
  } catch (error) {
    const [problem = ''] = error instanceof Error ? error.message.split('. ') : [String(error)]
    return { words: [], ...flagsOf({}, {}), help: false, problem: withUsage(problem) }
  }
}

interface Flags {
  readonly plain?: boolean
  readonly manual?: boolean
  readonly web?: boolean
  readonly class?: string
}

function flagsOf(values: Flags, env: NodeJS.ProcessEnv) {
  return {
    plain: values.plain ?? env.npm_config_plain === 'true',
    manual: values.manual ?? env.npm_config_manual === 'true',
    web: values.web ?? env.npm_config_web === 'true',
    folder: values.class,
  }
}

/**
 * What npm kept to itself, without two dashes before it: a time that was meant for the demonstration of lesson 4, as in
 * `npm run time -20s`; or `--class`, which it takes for `-c -l -a -s -s`, since it knows all of these letters.
 */
function swallowed(environment: NodeJS.ProcessEnv, [word]: readonly string[]): string | undefined {
  const { npm_config_all: all, npm_config_long: long } = environment
  if (word !== undefined && !isKnown(word) && all === 'true' && long === 'true')
    return `npm took --class for options of its own. Put two dashes before it: npm run learn -- --class ${word}`
  const [, time] = /^npm_config_((?:\d+[dhms])+)$/m.exec(Object.keys(environment).join('\n')) ?? []
  if (time === undefined) return undefined
  return `npm took -${time} for an option of its own. Put two dashes before it: npm run time -- -${time}`
}

const withoutLesson = ['list', 'next']
const withFile = ['export', 'import']

function problemOf([word, ...more]: readonly string[]): string | undefined {
  if (word === undefined) return undefined
  if (word === 'import' && more.length === 0) return withUsage('Cannot import: name the file')
  if (withFile.includes(word) && more.length <= 1) return undefined
  if (!isKnown(word)) return withUsage(`Cannot understand "${word}"`)
  const takesNone = withoutLesson.includes(word)
  const tooMuch = more.slice(takesNone || isNumber(word) ? 0 : 1)
  if (tooMuch.length === 0) return undefined
  if (!takesNone && tooMuch.every(isNumber))
    return `Cannot take ${tooMuch.join(' ')} as well: one lesson at a time`
  return withUsage(`Cannot understand "${tooMuch.join(' ')}"`)
}

function isKnown(word: string): boolean {
  return Object.hasOwn(commands, word) || isNumber(word)
}

function isNumber(word: string): boolean {
  return /^\d/.test(word)
}

function withUsage(problem: string): string {
  return `${problem}\n\n${usage}`
}
