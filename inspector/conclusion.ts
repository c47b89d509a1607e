import type { Answer } from './ask.ts'

export interface Conclusion {
  readonly result: 'accepted' | 'refused' | 'only decoded'
  readonly sentence: string
}

export const onlyDecoded: Conclusion = {
  result: 'only decoded',
  sentence: 'Decoding proves nothing: anybody can write these bytes.',
}

/** What all answers come to. Only what was checked is accepted: the rest is named. */
export function conclude(answers: readonly Answer[]): Conclusion {
  const failed = answers.filter(({ result }) => result === 'failed')
  return failed.length === 0
    ? { result: 'accepted', sentence: sayAccepted(answers) }
    : { result: 'refused', sentence: sayRefused(failed, isProven(answers)) }
}

/** Whether the signature holds. Without that anybody may have written the claims. */
export function isProven(answers: readonly Answer[]): boolean {
  return answers.some(({ check, result }) => check.id === 'signature' && result === 'passed')
}

function sayRefused(failed: readonly Answer[], proven: boolean): string {
  const which = `the ${failed.length === 1 ? 'check' : 'checks'} ${names(failed)} failed.`
  if (!proven) return `Refused: ${which} Its signature is not verified: believe none of its claims.`
  return failed.every(({ ours }) => ours !== undefined)
    ? `Refused by the rules of our server alone: ${which} No RFC forbids this token, as far as it was checked.`
    : `Refused: ${which}`
}

function sayAccepted(answers: readonly Answer[]): string {
  const left = answers.filter(({ check, result }) => result === 'not asked' && check.id !== 'key')
  const asked = left.length === 0 ? '' : ` Not asked: ${names(left)}.`
  return `Accepted: no check failed.${asked} No token can say whether it has been revoked.`
}

function names(answers: readonly Answer[]): string {
  return answers.map(({ check }) => `"${check.id}"`).join(', ')
}
