/** What was found about one thing, and the one line that mends it. */
export interface Finding {
  readonly what: string
  /** Missing: nothing works without it. Optional: something does, and `found` says what. */
  readonly state: 'here' | 'missing' | 'optional'
  readonly found: string
  /** Two lines, where two commands are needed. */
  readonly mend?: string
}

const marks = { here: '✓', missing: '✗', optional: '–' } as const

/** A line for each, another for what mends it, and the sum. */
export function sayFindings(findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ what, state, found, mend }) => [
    `${marks[state]} ${what.padEnd(14)}${found}`,
    ...(mend?.split('\n') ?? []).map((line) => `${' '.repeat(16)}→ ${line}`),
  ])
  return [...lines, '', sum(findings)].join('\n')
}

function sum(findings: readonly Finding[]): string {
  const count = (wanted: Finding['state']) =>
    findings.filter(({ state }) => state === wanted).length
  const [missing, optional] = [count('missing'), count('optional')]
  if (missing > 0) return `Missing: ${missing}. Mend what is marked ✗, then ask again.`
  const rest = optional === 0 ? '' : ' What is marked – may stay as it is.'
  return `All that is needed is here: npm run learn.${rest}`
}

/** Only what nothing works without makes the command fail. */
export function exitCode(findings: readonly Finding[]): number {
  return findings.some(({ state }) => state === 'missing') ? 1 : 0
}
