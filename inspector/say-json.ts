import { printable } from '../tutor/terminal/printable.ts'
import type { Answer } from './ask.ts'
import type { Part } from './part.ts'
import type { Explained, Report } from './report.ts'

/** The report for programs: always the same members, `null` where there is nothing to say. */
export function sayJson(report: Report): string {
  const { verdict, notes, header, payload, signature, parameters, claims, proven, answers } = report
  const parts = { header: sayPart(header), payload: sayPart(payload), signature }
  const object = {
    verdict,
    proven,
    notes,
    parts,
    header: parameters.map(sayMember),
    claims: claims.map(sayMember),
    checks: answers.map(sayAnswer),
  }
  // JSON escapes only some of what steers a terminal. Line by line, because its own line ends must stay.
  return JSON.stringify(object, null, 2).split('\n').map(printable).join('\n')
}

function sayPart({ raw, decoded, problem }: Part) {
  return { raw, decoded: decoded ?? null, problem: problem ?? null }
}

function sayMember({ name, value, written, meaning, rfc, inWords }: Explained) {
  return { name, value, written, meaning, rfc, words: inWords ?? null }
}

function sayAnswer({ check: { id, promise, rfc }, result, ...answer }: Answer) {
  const { saw = null, reason = null, ours = null } = answer
  return { id, result, saw, reason, promise, rfc, ours }
}
