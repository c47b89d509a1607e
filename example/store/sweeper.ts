import type { RecordStore } from './types.ts'

/** Forgets expired records now and then, until stopped. One sweep at a time; a failed one is reported and tried again. */
export function startSweeper(options: {
  store: Pick<RecordStore, 'sweep'>
  now: () => number
  everySeconds: number
  onSwept: (count: number) => void
  onError: (error: unknown) => void
}): { stop(): void } {
  const { store, now, everySeconds, onSwept, onError } = options
  let sweeping = false
  const timer = setInterval(async () => {
    if (sweeping) return
    sweeping = true
    try {
      onSwept(await store.sweep(now()))
    } catch (error) {
      onError(error)
    } finally {
      sweeping = false
    }
  }, everySeconds * 1000)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}
