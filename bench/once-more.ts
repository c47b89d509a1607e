import { progress } from './progress.ts'

/** A store that was kept waiting for a moment must not cost all that was measured before; twice is no accident. */
export async function onceMore<T>(measure: () => Promise<T>): Promise<T> {
  try {
    return await measure()
  } catch (error) {
    progress(`${error instanceof Error ? error.message : error}. Once more`)
    return await measure()
  }
}
