import assert from 'node:assert/strict'
import type { RequestListener } from 'node:http'
import { type Answer, type Ask, type NoAnswer, serving } from '../exchange.ts'

/** An answer, or why there is none. */
export interface Outcome extends Partial<Answer> {
  readonly missing?: string
  readonly stack?: string | undefined
}

/** Serves a handler while requests are sent to it; one that throws or stays silent has an outcome, too. */
export async function asking(
  handler: RequestListener,
  use: (send: (asked: Ask) => Promise<Outcome>) => Promise<void>,
): Promise<void> {
  assert.equal(typeof handler, 'function', 'the type of createServerHandler(deps)')
  const thrown: unknown[] = []
  const listener: RequestListener = async (req, res) => {
    try {
      await handler(req, res)
    } catch (error) {
      thrown.push(error)
      res.destroy()
    }
  }
  await serving(listener, (ask) =>
    use(async (asked) => {
      const silent = (error: NoAnswer) => ({ missing: `none. ${error.message}` })
      const outcome = await ask({ ...asked, seconds: 1.5 }).catch(silent)
      if (thrown.length === 0) return outcome
      const [error] = thrown
      const missing = `none. The handler threw, and that ends the process: ${error}`
      return error instanceof Error ? { missing, stack: error.stack } : { missing }
    }),
  )
}
