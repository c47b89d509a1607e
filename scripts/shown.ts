// Terminal sessions in documents: what was typed, and what was answered.

/** One command of a fence, and what is shown below it. */
export interface Step {
  readonly command: string
  readonly shown: string
}

/** Takes the text of a fence apart: each line that begins with `$ ` is a command. */
export function stepsOf(code: string): Step[] {
  const steps = code.split(/^\$ /m).slice(1)
  return steps.map((step) => {
    const [command = '', ...shown] = step.split('\n')
    return { command, shown: shown.join('\n').replace(/^\n+|\n+$/g, '') }
  })
}

/** The first line that is shown otherwise than it is answered, in words; `undefined` where there is none. */
export function sayDifference(shown: string, real: string): string | undefined {
  const [shownLines, realLines] = [linesOf(shown), linesOf(real)]
  const length = Math.max(shownLines.length, realLines.length)
  for (let index = 0; index < length; index++) {
    const [ours, theirs] = [shownLines[index], realLines[index]]
    if (ours === undefined) return `line ${index + 1} of the answer is not shown: ${theirs}`
    if (theirs === undefined) return `shows a line ${index + 1} that does not come: ${ours}`
    if (!isShown(ours, theirs)) return `line ${index + 1} shows "${ours}", but "${theirs}" comes`
  }
  return undefined
}

function linesOf(text: string): string[] {
  return text
    .replaceAll('\r', '')
    .replace(/^\n+|\n+$/g, '')
    .split('\n')
}

/** `…` stands for anything. Nobody sees the spaces at the end of a line, and editors take them away. */
function isShown(shown: string, real: string): boolean {
  const literal = shown.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const pattern = new RegExp(`^${literal.join('.*')}$`)
  return pattern.test(real) || pattern.test(real.trimEnd())
}
