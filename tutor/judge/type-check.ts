import { once } from 'node:events'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { ownFolder } from '../journey/attempt.ts'
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
 * Type-checks the learner's folder and gives what concerns one file of it.
 * @throws Error when TypeScript itself cannot run
 */
export async function findTypeProblems(
  root: string,
  file: string,
  signal?: AbortSignal,
): Promise<TypeProblem[]> {
  const options = ['--project', join(root, ownFolder), '--pretty', 'false']
  const { child } = await startNode([join(typescript, 'lib/tsc.js'), ...options], {
    cwd: root,
    env: { ...process.env, GOMEMLIMIT: '1GiB' }, // from there on it rather slows down
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
    })
  await once(child, 'close')
  if (child.exitCode !== null && child.exitCode > 0 && !/error TS\d/.test(output))
    throw new Error('Cannot check the types: TypeScript does not run. Install it again: npm ci')
  return parseProblems(output, file)
}

/** Reads lines such as `my/02-three-parts/exercise.ts(3,14): error TS2322: …` and what is indented below. */
export function parseProblems(output: string, file: string): TypeProblem[] {
  const blocks = output.split(/\n(?! )/)
  return blocks.flatMap((block) => {
    const [, path, line, column, code = '', message] =
      /^(.+?)\((\d+),(\d+)\): error (\w+): (.*)$/s.exec(block.trim()) ?? []
    if (path?.replaceAll('\\', '/') !== file || message === undefined) return []
    const problem = { line: Number(line), column: Number(column), message: explain(message) }
    return [syntaxCodes.test(code) ? { ...problem, isSyntax: true } : problem]
  })
}

/** What TypeScript's parser says; the other codes below 2000 are about modules and settings. */
const syntaxCodes = /^TS1([01]\d\d|4[34]\d|472)$/

/** A promise in the place of its value: TypeScript asks for the await only in some of these cases. */
const unawaited =
  /type 'Promise<.*' is not assignable to (parameter of )?type '(?!Promise)|(on type|this) 'Promise</i

function explain(message: string): string {
  return unawaited.test(message) ? `${message}\nIs an await missing?` : message
}
