import { codeSpansOf, foldedOf } from '../markdown.ts'
import type { Problem } from '../problem.ts'
import { identifiers } from './names.ts'

export interface Known {
  /** Is there such a name: in the lesson's code, in ours, in node's? */
  name(word: string): boolean
  /** Is there such a file, from the root or in the lesson's folder? */
  path(path: string): boolean
  /** Is there such an npm script? */
  script(name: string): boolean
}

/** What a hint says in `code type` exists: a hint that names what was renamed leads astray. */
export function hintProblems(file: string, text: string, known: Known): Problem[] {
  const hints = foldedOf(text).filter(({ summary }) => /^hint/i.test(summary))
  return hints.flatMap(({ summary, body, line }) =>
    codeSpansOf(body)
      .flatMap((span) => unknownIn(span, known))
      .map((name) => ({
        file,
        line,
        what: `"${summary}" speaks of \`${name}\`, which is neither in the exercise nor in our code nor in node`,
      })),
  )
}

const aPath = /^(?:[\w.-]+\/)+[\w.-]*$|^[\w-]+\.(?:ts|json|md|txt|html)$/

function unknownIn(span: string, known: Known): string[] {
  const command = /^(?:npm run )([a-z:-]+)/.exec(span)?.[1]
  if (command !== undefined) return known.script(command) ? [] : [span]
  if (aPath.test(span) && span.includes('.')) return known.path(span) ? [] : [span]
  return identifiers(withoutData(span)).filter((word) => !known.name(word))
}

/** Examples of texts and tokens are no names. */
function withoutData(span: string): string {
  return span.replaceAll(/'[^']*'|"[^"]*"|eyJ[\w.-]*|(?<![\p{L}\p{N}_$])\d[\p{L}\p{N}]*/giu, ' ')
}
