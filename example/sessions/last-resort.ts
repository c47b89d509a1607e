import { HttpError } from '../http/errors.ts'
import { sayError } from '../http/say-error.ts'
import type { HttpRequest, HttpResponse, Log } from '../http/types.ts'
import { StoreUnavailable } from '../store/errors.ts'
import { sendProblem } from './answers.ts'
import type { Views } from './views.ts'

export type LastResort = (error: unknown, req: HttpRequest, res: HttpResponse) => void

/**
 * Answers what no handler could: a refusal with its own status, a store that cannot say with 503,
 * anything else with 500. The client learns that something is wrong, never what; the log learns why.
 */
export function createLastResort({ views, log }: { views: Views; log: Log }): LastResort {
  return (error, req, res) => {
    if (error instanceof HttpError) return sendProblem(req, res, views, error)
    const reason = sayError(error)
    if (error instanceof StoreUnavailable) {
      log('error', 'store unavailable', { reason })
      const message = 'The session store does not answer: try again in a moment'
      return sendProblem(req, res, views, { status: 503, message, headers: { 'retry-after': '1' } })
    }
    log('error', 'unexpected error', { reason })
    const message = 'Something went wrong on our side'
    sendProblem(req, res, views, { status: 500, message, headers: { connection: 'close' } })
  }
}
