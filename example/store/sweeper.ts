import type { RecordStore } from './types.ts'

/** Forgets expired records now and then, until stopped. One sweep at a time; a failed one is reported and tried again. */
export function startSweeper(options: {
  store: Pick<RecordStore, 'sweep'>
  now: () => number
  everySeconds: number
  onSwept: (count: number) => void
  onError: (error: unknown) => void
}): { stop(): Promise<void> } {
  const { store, now, everySeconds, onSwept, onError } = options
  let sweeping: Promise<void> | undefined
  const timer = setInterval(() => {
    sweeping ??= store
      .sweep(now())
      .then(onSwept, onError)
      .finally(() => {
        sweeping = undefined
      })
  }, everySeconds * 1000)
  timer.unref()
  return {
    /** Resolves when the sweep under way has ended: then the store may be closed. */
    async stop() {
      clearInterval(timer)
      await sweeping
    },
  }
}
