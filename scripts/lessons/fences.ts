import { quotedFile } from '../docs/quotes.ts'
import { type Fence, fencesOf, sectionOf } from '../markdown.ts'
import type { Problem } from '../problem.ts'
import { stepsOf } from '../shown.ts'

const [mostQuotes, mostLines] = [3, 15]

/** Nothing is shown that no machine looks at. */
export function fenceProblems(file: string, number: number, text: string): Problem[] {
  const fences = fencesOf(text)
  const quotes = fences.filter(({ info }) => quotedFile(info) !== undefined)
  const demos = fencesOf(sectionOf(text, 'Try it') ?? '').filter(isDemo)
  return [
    ...(quotes.length > mostQuotes
      ? [{ file, what: `quotes ${quotes.length} pieces of code: at most ${mostQuotes}` }]
      : []),
    ...(demos.length === 0 ? [{ file, what: 'shows no ```console demo in Try it' }] : []),
    ...fences.flatMap((fence) =>
      wrongIn(fence, number).map((what) => ({ file, line: fence.line, what })),
    ),
  ]
}

export function isDemo({ info }: Fence): boolean {
  return info === 'console demo'
}

/**
 * By its info string: who looks at a fence. `console` is typed by npm run docs, `sh` is read by shell.ts;
 * `mermaid` and `text` are drawings, which nobody can run.
 */
function wrongIn(fence: Fence, number: number): string[] {
  const { info, code } = fence
  if (isDemo(fence)) return demoProblems(code, number)
  if (quotedFile(info) !== undefined) return tooLong(code)
  if (info === 'json') return jsonProblems(code)
  if (['console', 'console redis', 'sh', 'mermaid', 'text'].includes(info)) return []
  return [
    `no machine looks at a fence \`\`\`${info}: quote a file with file=…, or show a \`\`\`console`,
  ]
}

function demoProblems(code: string, number: number): string[] {
  const steps = stepsOf(code)
  if (steps.length === 0 || !code.startsWith('$ '))
    return [`begins otherwise than "$ npm run learn demo ${number}"`]
  return steps.flatMap(({ command }) =>
    demoArguments(command, number) === undefined
      ? [`runs "${command}", which is not npm run learn demo ${number}`]
      : [],
  )
}

/** What stands behind the number; `undefined` for any other command. */
export function demoArguments(command: string, number: number): string | undefined {
  const found = /^npm run learn demo 0?(\d+)(?: (.*))?$/.exec(command)
  return Number(found?.[1]) === number ? (found?.[2] ?? '') : undefined
}

function tooLong(code: string): string[] {
  const lines = code.trimEnd().split('\n').length
  return lines <= mostLines ? [] : [`quotes ${lines} lines of code: at most ${mostLines}`]
}

function jsonProblems(code: string): string[] {
  try {
    JSON.parse(code)
    return []
  } catch {
    return ['is no JSON']
  }
}
