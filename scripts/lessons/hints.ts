import { METHODS, STATUS_CODES } from 'node:http'
import { builtinModules, createRequire } from 'node:module'
import { posix } from 'node:path'
import { codeSpansOf, foldedOf } from '../markdown.ts'
import type { Problem } from '../problem.ts'

/** What a hint says in `code type` exists: a hint that names what was renamed leads astray. */
export function hintProblems(file: string, text: string, names: ReadonlySet<string>): Problem[] {
  const hints = foldedOf(text).filter(({ summary }) => /^hint/i.test(summary))
  return hints.flatMap(({ summary, body, line }) =>
    codeSpansOf(body)
      .filter((span) => !span.startsWith('npm run ')) // commands.ts looks at those
      .flatMap((span) =>
        aFile.test(span) ? [posix.basename(span)] : identifiers(withoutData(span)),
      )
      .filter((word) => !names.has(word))
      .map((name) => ({
        file,
        line,
        what: `"${summary}" speaks of \`${name}\`, which is neither in the exercise nor in our code nor in node`,
      })),
  )
}

const aFile = /^[\w./-]+\.(?:ts|json|md|txt|html)$/

/** Examples of texts and tokens are no names. */
function withoutData(span: string): string {
  return span.replaceAll(/'[^']*'|"[^"]*"|eyJ[\w.-]*|(?<![\p{L}\p{N}_$])\d[\p{L}\p{N}]*/giu, ' ')
}

/** The words of a piece of code, its comments left out: names, and what stands in texts. */
export function wordsOf(code: string): string[] {
  return identifiers(code.replaceAll(/\/\*.*?\*\/|(?<!:)\/\/[^\n]*/gs, ''))
}

/** A single letter stands for anything, as in `sign(a, b)`. */
function identifiers(text: string): string[] {
  return text.match(/[\p{L}_$][\p{L}\p{N}_$]+/gu) ?? []
}

/** What a learner may look up without us: the language, its types, and node's own modules. */
export function builtinNames(): string[] {
  const require = createRequire(import.meta.url)
  const modules = builtinModules.filter((name) => taught.test(name))
  return [
    ...namesWithin(globalThis, 3),
    ...modules.flatMap((name) => [name, ...namesWithin(require(`node:${name}`), 3)]),
    ...[...METHODS, ...Object.values(STATUS_CODES)].flatMap((words) => identifiers(words ?? '')),
    ...keywords.split(/\s+/),
  ]
}

const taught =
  /^(?:assert|buffer|child_process|crypto|events|fs|http|net|os|path|stream|timers|url|util)$/
const keywords = `any as async await boolean break case catch class const continue default delete do else export
  extends false finally for from function if import in instanceof interface keyof let new never node null number
  object of readonly return satisfies static string super switch this throw true try type typeof undefined unknown
  void while yield`

/** Its members and theirs, down to the methods of the classes that it holds. Nothing is called. */
function namesWithin(value: unknown, depth: number): string[] {
  const holds = (typeof value === 'object' && value !== null) || typeof value === 'function'
  if (!holds || depth === 0) return []
  return Object.entries(Object.getOwnPropertyDescriptors(value)).flatMap(([name, property]) => [
    name,
    ...namesWithin(property.value, depth - 1),
  ])
}
