import { disagreement } from './disagree.ts'

/**
 * The first check of a lesson: one question of its page, answered in one line. Each answer that does not hold
 * has a sentence that makes one think again, and that never says which one does.
 */
export function takesFirstStep<Answer extends string>(
  answer: Answer | undefined,
  answers: Readonly<Record<Answer, 'right' | { readonly thinkAgain: string }>>,
): void {
  if (answer === undefined)
    throw disagreement(takesFirstStep, 'firstStep is undefined: answer the question of the page')
  const verdict = answers[answer]
  if (verdict === 'right') return
  const why = verdict?.thinkAgain ?? 'it is not one of the answers that its type names'
  throw disagreement(takesFirstStep, `firstStep is '${answer}'. Think again: ${why}`)
}
