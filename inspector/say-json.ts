import { printable } from '../tutor/terminal/printable.ts'
import type { Answer } from './ask.ts'
import type { Member, Part } from './part.ts'
import type { Report } from './report.ts'

/** The report for programs: always the same members, `null` where there is nothing to say. */
export function sayJson(report: Report): string {
  const { verdict, proven, notes, header, payload, signature, answers } = report
  const object = {
    verdict,
    proven,
    notes,
    parts: { header: sayPart(header), payload: sayPart(payload), signature },
    header: header.members.map(sayMember),
    claims: payload.members.map(sayMember),
    checks: answers.map(sayAnswer),
  }
  const json = JSON.stringify(object, (_, value) => value ?? null, 2)
  // JSON escapes only some of what steers a terminal. Line by line, because its own line ends must stay.
  return json.split('\n').map(printable).join('\n')
}

function sayPart({ raw, decoded, problem }: Part) {
  return { raw, decoded, problem }
}

function sayMember({ name, value, written, meaning, rfc, inWords: words }: Member) {
  return { name, value, written, meaning, rfc, words }
}

function sayAnswer({ check: { id, promise, rfc }, result, saw, reason, ours }: Answer) {
  return { id, result, saw, reason, promise, rfc, ours }
}
