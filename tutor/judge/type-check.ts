import { once } from 'node:events'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { ownFolder, writeTypeSettings } from '../journey/attempt.ts'
import { makeFolder, readOwnFile, replaceFile } from '../journey/own-file.ts'
import { startNode } from './process-group.ts'

/** One thing that TypeScript does not accept. Lines and columns count from one. */
export interface TypeProblem {
  readonly line: number
  readonly column: number
  readonly message: string
  /** Present where TypeScript cannot even read what stands there. */
  readonly isSyntax?: true
}

const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'))

/**
 * Type-checks one file of the learner's. That file alone: where another cannot be read, TypeScript says so and
 * looks at the types of none.
 * @throws Error when TypeScript cannot run, or ends with something else than problems of this file
 */
export async function findTypeProblems(
  root: string,
  file: string,
  signal?: AbortSignal,
): Promise<TypeProblem[]> {
  const options = ['--project', projectOf(root, file), '--pretty', 'false']
  const { child } = await startNode([join(typescript, 'lib/tsc.js'), ...options], {
    cwd: root,
    // It writes paths as they look from PWD, which a shell has set, perhaps to a link that leads here.
    env: { ...process.env, PWD: root, GOMEMLIMIT: '1GiB' }, // from there on it rather slows down
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
    })
  await once(child, 'close')
  const problems = parseProblems(output, file)
  if (child.exitCode === 0 || problems.length > 0 || signal?.aborted) return problems
  throw new Error(child.signalCode === null ? whyNot(output, file) : wasKilled)
}

const wasKilled =
  'Cannot check the types: TypeScript was killed. Most often that means that the memory ran out: end another program, and check once more'

function whyNot(output: string, file: string): string {
  const [line] = /^.*error TS\d.*$/m.exec(output) ?? []
  if (/^ {2}signal: 'SIG/m.test(output)) return wasKilled // the program that tsc.js runs
  if (line === undefined)
    return 'Cannot check the types: TypeScript does not run. Install it again: npm ci'
  return `Cannot check the types of ${file}, since TypeScript stops at something else:\n${line}`
}

/** The settings of the learner's folder, for one file of it. */
function projectOf(root: string, file: string): string {
  writeTypeSettings(root)
  const folder = join(root, ownFolder, '.types')
  makeFolder(folder)
  const path = join(folder, `${basename(dirname(file))}.json`)
  const project = { extends: '../tsconfig.json', files: [relative(folder, join(root, file))] }
  const text = JSON.stringify({ ...project, include: [] })
  if (readOwnFile(path) !== text) replaceFile(path, text)
  return path
}

/** Reads lines such as `my/02-three-parts/exercise.ts(3,14): error TS2322: …` and what is indented below. */
export function parseProblems(output: string, file: string): TypeProblem[] {
  const blocks = output.split(/\n(?! )/)
  return blocks.flatMap((block) => {
    const [, path, line, column, code = '', message] =
      /^(.+?)\((\d+),(\d+)\): error (\w+): (.*)$/s.exec(block.trim()) ?? []
    if (path?.replaceAll('\\', '/') !== file || message === undefined) return []
    const problem = { line: Number(line), column: Number(column), message }
    return [syntaxCodes.test(code) ? { ...problem, isSyntax: true } : problem]
  })
}

/** What TypeScript's parser says; the other codes below 2000 are about modules and settings. */
const syntaxCodes = /^TS1([01]\d\d|4[34]\d|472)$/
