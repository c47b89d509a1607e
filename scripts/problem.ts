/** What is wrong with a file, and what to do about it. */
export interface Problem {
  readonly file: string
  readonly line?: number
  readonly what: string
}

/** One line, made to be clicked: `lessons/01-why-a-token/README.md:12: …`. */
export function sayProblem({ file, line, what }: Problem): string {
  return `${file}${line === undefined ? '' : `:${line}`}: ${what}`
}

/** A rule: what is wrong, unless it holds. */
export function unless(holds: boolean, what: string): string[] {
  return holds ? [] : [what]
}
