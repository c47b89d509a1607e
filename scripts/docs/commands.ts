import { readOptions } from '../../tutor/options.ts'
import { codeSpansOf, fencesOf } from '../markdown.ts'
import type { Problem } from '../problem.ts'

interface Known {
  readonly scripts: Readonly<Record<string, string>>
  /** The numbers of the lessons. */
  readonly lessons: ReadonlySet<number>
  has(path: string): boolean
}

/** Every `npm run …`, every `npm run learn …` and every path of ours in code type exists. */
export function commandProblems(file: string, text: string, known: Known): Problem[] {
  const spans = codeSpansOf(text)
  const fences = fencesOf(text)
  const typed = [...spans, ...fences.flatMap(({ code }) => code.split('\n'))]
  const words = fences.flatMap(({ info, code }) => (info === 'sh' ? code.split(/\s+/) : []))
  const wrong = [
    ...[...text.matchAll(/npm run ([a-z:-]+)/g)]
      .filter(([, name = '']) => !Object.hasOwn(known.scripts, name))
      .map(([command]) => `there is no ${command}`),
    ...[...spans, ...words]
      .flatMap(pathsIn)
      .flatMap((path) => (known.has(path) ? [] : `there is no ${path}`)),
    ...typed.flatMap((command) => learnProblem(command, known)),
  ]
  return wrong.map((what) => ({ file, what }))
}

const ours = /^(?:example|lessons|tutor|inspector|test|bench|scripts)\/[\w./-]+$/

/** `lessons/NN-slug/demo.ts` names no file, but a kind of file. */
function pathsIn(span: string): string[] {
  return ours.test(span) && !span.includes('NN-') ? [span] : []
}

function learnProblem(command: string, { lessons }: Known): string[] {
  const typed = /^(?:\$ )?npm run learn((?: [^\s#&|;]+)*)/.exec(command)?.[1]
  if (typed === undefined) return []
  const words = typed.split(' ').filter((word) => word !== '' && word !== '--')
  const { problem, words: understood } = readOptions(words, {})
  if (problem !== undefined) return [`npm run learn${typed} is no command of the guide: ${problem}`]
  const number = understood.find((word) => /^\d+$/.test(word))
  if (number === undefined || lessons.has(Number(number))) return []
  return [`npm run learn${typed}: there is no lesson ${number}`]
}
