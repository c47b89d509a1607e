import { type Spread, say } from '../spread.ts'

/** A row of a table: what was measured, in the median of all rounds, beside what was aimed at. */
export type Judged = readonly [what: string, measured: string, aim: string, verdict: string]

export const judgedHead = ['', 'median', 'aim', '']

export function atLeast(what: string, spread: Spread, aim: number): Judged {
  return [what, say(spread), String(aim), verdict(spread.median >= aim)]
}

export function atMost(
  what: string,
  spread: Spread,
  { aim, unit }: { aim: number; unit: string },
): Judged {
  return [what, `${say(spread, 1)} ${unit}`, `${aim} ${unit}`, verdict(spread.median <= aim)]
}

/** Where nothing was aimed at. */
export function only(what: string, spread: Spread): Judged {
  return [what, say(spread), '–', '']
}

const verdict = (isMet: boolean) => (isMet ? 'met' : '**missed**')
