import { AsyncLocalStorage } from 'node:async_hooks'

/** What takes its time to start, and has to be ended. */
interface Started {
  end(): Promise<void>
}

// Whatever a check calls finds its run here: no helper has to hand it on.
const runs = new AsyncLocalStorage<Run>()

/** The checks of a lesson, one after another. What they share ends with the last of them. */
export class Run {
  readonly shared = new Set<Promise<Started>>()

  within<Result>(check: () => Result): Result {
    return runs.run(this, check)
  }

  async end(): Promise<void> {
    for (const started of this.shared) await started.then((it) => it.end()).catch(() => {})
  }
}

/** Lends what this starts: all checks of a run get the same one. Who is in no run gets one alone. */
export function sharing<Thing extends Started>(start: () => Promise<Thing>) {
  const ofRuns = new WeakMap<Run, Promise<Thing>>()
  return async <Result>(use: (thing: Thing) => Promise<Result>): Promise<Result> => {
    const run = runs.getStore()
    if (run === undefined) return await alone(start, use)
    const thing = ofRuns.get(run) ?? start()
    ofRuns.set(run, thing)
    run.shared.add(thing)
    return await use(await thing)
  }
}

async function alone<Thing extends Started, Result>(
  start: () => Promise<Thing>,
  use: (thing: Thing) => Promise<Result>,
): Promise<Result> {
  const thing = await start()
  try {
    return await use(thing)
  } finally {
    await thing.end()
  }
}
