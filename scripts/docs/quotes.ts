import type { Files } from '../files.ts'
import { fencesOf } from '../markdown.ts'
import type { Problem } from '../problem.ts'

/** A fence such as ```ts file=example/token/verify.ts shows whole lines that stand in that file. */
export function quoteProblems(file: string, text: string, files: Files): Problem[] {
  return fencesOf(text).flatMap(({ info, code, line }) => {
    const path = quotedFile(info)
    if (path === undefined) return []
    if (!files.has(path)) return [{ file, line, what: `quotes ${path}, which does not exist` }]
    if (`\n${files.read(path)}`.includes(`\n${code}`)) return []
    return [{ file, line, what: `${path} reads differently: paste its lines as they stand there` }]
  })
}

function quotedFile(info: string): string | undefined {
  return /^\w+ file=(\S+)$/.exec(info)?.[1]
}
