import { placed, withoutCode } from '../markdown.ts'
import type { Problem } from '../problem.ts'

/** What makes a reader feel slow, or sold to. */
const unwelcome: ReadonlyArray<readonly [said: RegExp, why: string]> = [
  [
    /\b(?<words>simply|just|easy|easily|obviously|of\s+course)\b/giu,
    'what seems so to us may not seem so to the reader. Leave it out',
  ],
  [
    /(?<words>[\p{L}\p{N}]+["'”’)*_]*!)(?=["'”’)\]*_]*(?:\s|$))/gu,
    'end the sentence with a full stop',
  ],
]

/**
 * How the lessons speak. Left out is what is not ours to say otherwise: code, the targets of links, and the
 * words of others, which stand in a quotation (`>`). There are no other exceptions.
 */
export function voiceProblems(file: string, text: string): Problem[] {
  const prose = withoutCode(text)
    .replaceAll(/^>.*$/gm, '')
    .replaceAll(/\]\([^)\n]*\)|<https?:[^>\n]*>/g, ']')
  return unwelcome.flatMap(([said, why]) =>
    placed<'words'>(prose, said).map(({ line, words }) => ({
      file,
      line,
      what: `says "${words.replace(/\s+/, ' ')}": ${why}`,
    })),
  )
}
