import assert from 'node:assert/strict'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type * as solution from '../05-the-server/solution.ts'
import { disagreement } from '../disagree.ts'
import { type Answer, type Ask, type NoAnswer, serving } from '../exchange.ts'

export type Lesson = Pick<typeof solution, 'createServerHandler'>
type Deps = Parameters<Lesson['createServerHandler']>[0]

/** An answer, or why there is no good one. */
export interface Outcome extends Partial<Answer> {
  /** A sentence: no answer came, or the handler did what ends a process. */
  readonly trouble?: string
  readonly thrown?: unknown
}

/** Serves a handler while requests are sent to it; one that throws or stays silent has an outcome, too. */
export async function asking(
  lesson: Lesson,
  deps: Deps,
  use: (send: (asked: Ask) => Promise<Outcome>) => Promise<void>,
): Promise<void> {
  const handler = lesson.createServerHandler(deps)
  assert.equal(typeof handler, 'function', 'the type of createServerHandler(deps)')
  const thrown: unknown[] = []
  let handled = Promise.resolve()
  const handle = async (req: IncomingMessage, res: ServerResponse) => {
    const second = noticeSecond(res)
    try {
      await handler(req, res)
    } catch (error) {
      thrown.push(second() ?? error)
      if (!res.writableEnded) res.destroy()
    }
  }
  const listener: RequestListener = (req, res) => {
    handled = handle(req, res)
  }
  await serving(listener, (ask) =>
    use(async (asked) => {
      const answer = ask({ ...asked, seconds: 1.5 })
      const outcome = await answer.catch((error: NoAnswer): Outcome => ({ trouble: error.message }))
      await Promise.race([handled, wait(200, undefined, { ref: false })]) // it may go on after its answer
      return thrown.length === 0 ? outcome : whatItThrew(thrown[0], outcome.status)
    }),
  )
}

/** Notices a second answer where it is given: the handler may catch that error, and try a third. */
function noticeSecond(res: ServerResponse): () => unknown {
  const own = res.writeHead.bind(res)
  let noticed: unknown
  const writeHead = (...head: Parameters<typeof own>) => {
    try {
      return own(...head)
    } catch (error) {
      noticed ??= error
      throw error
    }
  }
  Object.assign(res, { writeHead })
  return () => noticed
}

function whatItThrew(thrown: unknown, status: number | undefined): Outcome {
  const twice = Object(thrown).code === 'ERR_HTTP_HEADERS_SENT' && status !== undefined
  const trouble = twice
    ? `Your handler answered a second time, and that ends the process. Its first answer was ${status}`
    : `Your handler threw, and that ends the process: ${thrown}`
  return { trouble, thrown }
}

/** The answer, where there is a good one. */
export function answered(outcome: Outcome): Outcome {
  const { trouble, thrown } = outcome
  if (trouble !== undefined) throw disagreement(answered, trouble, { thrown })
  return outcome
}
