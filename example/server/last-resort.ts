import { HttpError } from '../http/errors.ts'
import { sayError } from '../http/say-error.ts'
import type { HttpRequest, HttpResponse, Log } from '../http/types.ts'
import { StoreUnavailable } from '../store/errors.ts'
import type { ProblemPage } from './pages.ts'
import { sendProblem } from './problem.ts'

export type LastResort = (error: unknown, req: HttpRequest, res: HttpResponse) => Promise<void>

/**
 * Answers what no handler could: a refusal with its own status, a store that cannot say with 503,
 * anything else with 500: the client learns only that something went wrong, and the log why.
 */
export function createLastResort(deps: {
  /** None where a server has no pages: then everybody gets an error object. */
  page?: (problem: ProblemPage) => string
  /** Who asks, if that is known: on the page of a lost visitor, or of one who may not, and who may want to sign out. */
  subjectOf?: (req: HttpRequest) => Promise<string | undefined>
  log: Log
  /** What whoever names neither pages nor JSON gets: a line of text, unless it is JSON. */
  plain?: 'text' | 'json'
}): LastResort {
  const { page, subjectOf, log, plain } = deps

  return async (error, req, res) => {
    if (error instanceof HttpError) {
      const { status, message, headers } = error
      const looks = [403, 404, 405, 409].includes(status) // whoever asks too often costs no look
      const subject = looks ? await subjectOf?.(req).catch(() => undefined) : undefined
      return sendProblem(req, res, page, { status, message, headers, subject, plain })
    }
    const reason = sayError(error)
    if (error instanceof StoreUnavailable) {
      log('error', 'store unavailable', { reason })
      const message = 'The store does not answer: try again in a moment'
      const headers = { 'retry-after': '1' }
      return sendProblem(req, res, page, { status: 503, message, headers, plain })
    }
    log('error', 'unexpected error', { reason })
    const message = 'Something went wrong on our side'
    const headers = { connection: 'close' }
    sendProblem(req, res, page, { status: 500, message, headers, plain })
  }
}
