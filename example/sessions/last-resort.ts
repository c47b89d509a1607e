import { HttpError } from '../http/errors.ts'
import { sayError } from '../http/say-error.ts'
import type { HttpRequest, HttpResponse, Log } from '../http/types.ts'
import { StoreUnavailable } from '../store/errors.ts'
import { sendProblem } from './answers.ts'
import type { Authenticate } from './authenticate.ts'
import type { Views } from './views.ts'

export type LastResort = (error: unknown, req: HttpRequest, res: HttpResponse) => Promise<void>

/**
 * Answers what no handler could: a refusal with its own status, a store that cannot say with 503,
 * anything else with 500. The client learns that something is wrong, never what; the log learns why.
 */
export function createLastResort(deps: {
  authenticate: Authenticate
  views: Views
  log: Log
}): LastResort {
  const { authenticate, views, log } = deps

  /** For the page of a lost visitor, who may want to sign out. Whoever asks too often costs no look. */
  async function subjectOf(req: HttpRequest, status: number): Promise<string | undefined> {
    if (status !== 404 && status !== 405) return undefined
    const visitor = await authenticate(req).catch(() => undefined)
    return visitor?.kind === 'known' ? visitor.session.subject : undefined
  }

  return async (error, req, res) => {
    if (error instanceof HttpError) {
      const { status, message, headers } = error
      const subject = await subjectOf(req, status)
      return sendProblem(req, res, views, { status, message, headers, subject })
    }
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
