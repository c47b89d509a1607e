import { checks } from './checks.ts'
import type { Check, CheckId } from './types.ts'

/** A check that means nothing, since another has failed. */
export interface NotReached {
  readonly check: Check
  readonly result: 'not reached'
  readonly reason: string
}

/** Asks every check of the list that still means something after those before it. */
export async function askAll<Answer extends { readonly result: string }>(
  ask: (check: Check) => Promise<Answer>,
  needed: (check: Check) => readonly CheckId[] = ({ needs }) => needs,
): Promise<Array<Answer | NotReached>> {
  const heldUpBy = new Map<CheckId, CheckId>()
  const answers: Array<Answer | NotReached> = []
  for (const check of checks) {
    const culprit = needed(check)
      .map((id) => heldUpBy.get(id))
      .find((id) => id !== undefined)
    const answer = culprit === undefined ? await ask(check) : notReached(check, culprit)
    if (answer.result === 'failed') heldUpBy.set(check.id, check.id)
    if (culprit !== undefined) heldUpBy.set(check.id, culprit)
    answers.push(answer)
  }
  return answers
}

function notReached(check: Check, culprit: CheckId): NotReached {
  return { check, result: 'not reached', reason: `"${culprit}" failed` }
}
