import type { CheckResult } from '../lessons/checks.ts'

/** What the process that runs the checks tells the guide. */
export type Message =
  | { readonly kind: 'checks'; readonly names: readonly string[] }
  | { readonly kind: 'result'; readonly result: CheckResult }
  | { readonly kind: 'crashed'; readonly said: string; readonly stack: string }
  | { readonly kind: 'done' }
