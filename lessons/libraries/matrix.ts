import { types } from 'node:util'
import { type Bare, libraries } from './bare.ts'
import { type Probe, type ProbeName, probes } from './probes.ts'

/** What learners write down: rows of the table, and what each of the three does there. */
export type Differences = { readonly [name in ProbeName]?: Readonly<Record<Recorded, string>> }
export const recorded = ['jose', 'jsonwebtoken', 'fast-jwt'] as const
type Recorded = (typeof recorded)[number]

/** What one library did at one probe. */
export interface Reaction {
  /** `accepts`; `refuses`, with its own error; or the class of another error: an accident, not a decision. */
  readonly answer: string
  /** What its error said. */
  readonly said?: string
}

export async function react(library: Bare, probe: Probe): Promise<Reaction> {
  try {
    await probe.ask(library)
    return { answer: 'accepts' }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return { answer: library.owns(error) ? 'refuses' : error.constructor.name, said: error.message }
  }
}

export function answersWithPromise(library: Bare): boolean {
  return types.isPromise(probes['a good token'].ask(library))
}

export const libraryNames = Object.keys(libraries).filter(isLibrary)

function isLibrary(name: string): name is keyof typeof libraries {
  return Object.hasOwn(libraries, name)
}
