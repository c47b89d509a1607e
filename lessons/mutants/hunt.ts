import { createApp } from '../../example/sessions/app.ts'
import { assemble } from './assemble.ts'
import { type Mutant, mutants } from './mutants.ts'
import { redness, undisturbed } from './run.ts'
import type { Make } from './start.ts'
import { strangers } from './strangers.ts'
import type { Tests } from './types.ts'

export interface Suspect extends Mutant {
  readonly name: string
  /** What people call it by: its place in the list. */
  readonly number: number
  readonly make: Make
}

export const suspects: readonly Suspect[] = Object.entries(mutants).map(
  ([name, mutant], index) => ({
    ...mutant,
    name,
    number: index + 1,
    make: (parts) => assemble(parts, mutant.change),
  }),
)

/** For each test that is green on the right server: the names of the servers on which it was red. */
export type Hunt = ReadonlyMap<string, readonly string[]>

const hunts = new WeakMap<Tests, Promise<Hunt>>()

/** Sends every test to every wrong server, once. A test that raises a false alarm stays at home. */
export function hunt(tests: Tests): Promise<Hunt> {
  const known = hunts.get(tests) ?? undisturbed(() => begin(tests))
  hunts.set(tests, known)
  return known
}

async function begin(tests: Tests): Promise<Hunt> {
  const servers = [...suspects, ...strangers]
  const hunted = new Map<string, string[]>()
  for (const [name, test] of Object.entries(tests)) {
    if ((await redness(test, createApp)) !== undefined) continue
    const reds = await Promise.all(servers.map(({ make }) => redness(test, make)))
    if ((await redness(test, createApp)) !== undefined) continue // it remembers other servers
    hunted.set(
      name,
      servers.filter((_, index) => reds[index] !== undefined).map((server) => server.name),
    )
  }
  return hunted
}

/** The mutants that no test has noticed, those that are easier to find first. */
export function atLarge(hunted: Hunt): readonly Suspect[] {
  const noticed = new Set([...hunted.values()].flat())
  return suspects.filter(({ name }) => !noticed.has(name))
}
