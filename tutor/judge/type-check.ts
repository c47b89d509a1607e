import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ownFolder, writeTypeSettings } from '../journey/attempt.ts'
import { type Diagnostic, LanguageServer } from './language-server.ts'

/** One thing that TypeScript does not accept. Lines and columns count from one. */
export interface TypeProblem {
  readonly line: number
  readonly column: number
  readonly message: string
  /** Present where TypeScript cannot even read what stands there. */
  readonly isSyntax?: true
}

const doesNotRun = 'Cannot check the types: TypeScript does not run. Install it again: npm ci'
const wasKilled =
  'Cannot check the types: TypeScript was killed. Most often that means that the memory ran out: end another program, and check once more'

interface Running {
  readonly server: Promise<LanguageServer>
  /** What the other files were like when it began: it is not told of their changes. */
  readonly others: string
  readonly over: AbortController
}

/** Type-checks what a learner writes. What it starts for that stays until `stop`. */
export class TypeChecker {
  readonly #root: string
  #running: Running | undefined

  constructor(root: string) {
    this.#root = root
  }

  /**
   * What is wrong with a text, as if it stood in that file of the learner's; nothing once the signal calls it off.
   * @throws Error when TypeScript cannot run, or cannot read its settings
   */
  readonly find = async (
    file: string,
    text: string,
    signal?: AbortSignal,
  ): Promise<TypeProblem[]> => {
    if (signal?.aborted) return []
    const running = this.#begin()
    // Some types never come to an end, and TypeScript goes on with them when it is asked to stop.
    const end = () => this.#end(running)
    signal?.addEventListener('abort', end)
    let why = doesNotRun
    try {
      const server = await running.server
      why = wasKilled
      const { ofFile, ofSettings } = await server.diagnose(join(this.#root, file), text)
      const [wrong] = ofSettings
      if (wrong === undefined) return problemsOf(ofFile)
      why = `Cannot check the types of ${file}: ${wrong.message}`
    } catch {
      if (running.over.signal.aborted) return this.find(file, text, signal) // perhaps another has ended it
    } finally {
      signal?.removeEventListener('abort', end)
    }
    this.#end(running)
    throw new Error(why)
  }

  stop(): void {
    this.#running?.over.abort()
    this.#running = undefined
  }

  #begin(): Running {
    writeTypeSettings(this.#root)
    const others = stateOfOthers(this.#root)
    if (this.#running?.others === others) return this.#running
    this.stop()
    const over = new AbortController()
    this.#running = { server: LanguageServer.start(this.#root, over.signal), others, over }
    return this.#running
  }

  #end(running: Running): void {
    running.over.abort()
    if (this.#running === running) this.#running = undefined
  }
}

/** Of all files that an exercise may lean on. Exercises are handed over as texts. */
function stateOfOthers(root: string): string {
  const folders = ['example', 'lessons', ownFolder].filter((name) => existsSync(join(root, name)))
  const below = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(folder, name),
    ),
  )
  const read = ['tsconfig.json', ...below].filter(
    (path) => /(?:\.ts|tsconfig\.json)$/.test(path) && basename(path) !== 'exercise.ts',
  )
  const states = read.map((path) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs)
  return read.map((path, index) => `${path} ${states[index]}`).join('\n')
}

/** The errors, by their lines. Where something cannot be read, what is said of the types means little. */
export function problemsOf(diagnostics: readonly Diagnostic[]): TypeProblem[] {
  const problems = diagnostics
    .filter(({ severity }) => severity === 1)
    .map(({ code, message, range: { start } }): TypeProblem => {
      const problem = { line: start.line + 1, column: start.character + 1, message }
      return syntaxCodes.test(`${code}`) ? { ...problem, isSyntax: true } : problem
    })
    .sort((a, b) => a.line - b.line || a.column - b.column)
  const unreadable = problems.filter(({ isSyntax }) => isSyntax)
  return unreadable.length > 0 ? unreadable : problems
}

/** What TypeScript's parser says; the other codes below 2000 are about modules and settings. */
const syntaxCodes = /^1([01]\d\d|4[34]\d|472)$/
