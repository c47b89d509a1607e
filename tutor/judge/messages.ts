import type { CheckResult, Failure } from '../../lessons/checks.ts'

/** What the process that runs the checks tells the guide. */
export type Message =
  | { readonly kind: 'checks'; readonly names: readonly string[] }
  | { readonly kind: 'loaded' }
  | { readonly kind: 'result'; readonly result: CheckResult }
  | { readonly kind: 'ended'; readonly ended: Ended }

/** How the checks came to their end. The first six are told from inside, the others seen from outside. */
export type Ended =
  | { readonly how: 'finished' }
  /** The lesson's own files cannot be loaded. */
  | { readonly how: 'lesson'; readonly failure: Failure }
  /** The exercise cannot be loaded. */
  | { readonly how: 'load'; readonly failure: Failure }
  | { readonly how: 'names'; readonly missing: readonly string[] }
  | { readonly how: 'uncaught'; readonly failure: Failure }
  /** Something is awaited, and nothing is left that could bring it. */
  | { readonly how: 'waits' }
  /** Loading the exercise, or one check, did not end in its time. */
  | { readonly how: 'late'; readonly seconds: number }
  /** Not even the lesson's own files were loaded. */
  | { readonly how: 'slow'; readonly seconds: number }
  | { readonly how: 'exit'; readonly code: number }
  | { readonly how: 'killed' }
