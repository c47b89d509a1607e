import { setTimeout } from 'node:timers/promises'

/** Asks again until the answer is yes. A question that fails has not been answered yet. */
export async function until(condition: () => unknown, what: string, seconds = 15): Promise<void> {
  const giveUpAt = performance.now() + seconds * 1000
  let lastError: unknown
  for (;;) {
    try {
      if (await condition()) return
      lastError = undefined
    } catch (error) {
      lastError = error
    }
    if (performance.now() > giveUpAt) {
      const reason = lastError instanceof Error ? ` (${lastError.message})` : ''
      throw new Error(`Waited ${seconds} s in vain: ${what}${reason}`, { cause: lastError })
    }
    await setTimeout(20)
  }
}
