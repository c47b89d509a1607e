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

/** Of these sentences, each with whether it is so, those that are. */
export function wrongs(rules: Readonly<Record<string, boolean>>): string[] {
  return Object.keys(rules).filter((what) => rules[what])
}
