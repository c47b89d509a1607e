import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { ownFolder } from './attempt.ts'
import { startNode } from './process-group.ts'

/** One thing that TypeScript does not accept. Lines and columns count from one. */
export interface TypeProblem {
  readonly line: number
  readonly column: number
  readonly message: string
}

const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'))

/** Type-checks the learner's folder and gives what concerns one file of it. */
export async function findTypeProblems(
  root: string,
  file: string,
  signal?: AbortSignal,
): Promise<TypeProblem[]> {
  if (!file.startsWith(`${ownFolder}/`)) return [] // what is shipped is checked by npm run types
  const options = ['--project', join(root, ownFolder), '--pretty', 'false']
  const { child } = await startNode([join(typescript, 'bin/tsc'), ...options], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
    signal,
  })
  let output = ''
  for await (const chunk of child.stdout?.setEncoding('utf8') ?? []) output += chunk
  return parseProblems(output, file)
}

/** Reads lines such as `my/02-three-parts/exercise.ts(3,14): error TS2322: …` and what is indented below. */
export function parseProblems(output: string, file: string): TypeProblem[] {
  const blocks = output.split(/\n(?! )/)
  return blocks.flatMap((block) => {
    const [, path, line, column, message] =
      /^(.+?)\((\d+),(\d+)\): error \w+: (.*)$/s.exec(block.trim()) ?? []
    if (path !== file || message === undefined) return []
    return [{ line: Number(line), column: Number(column), message }]
  })
}
