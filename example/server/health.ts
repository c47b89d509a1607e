import { reply } from '../http/reply.ts'
import { sayError } from '../http/say-error.ts'
import type { Handler, Log } from '../http/types.ts'
import { StoreUnavailable } from '../store/errors.ts'
import type { RecordStore } from '../store/types.ts'

/** `GET /health`: can this server do its work now? For load balancers and alarms, and open to everybody. */
export function healthHandler(deps: {
  store: Pick<RecordStore, 'ping'>
  /** What the store is, such as `redis-cluster`. */
  engine: string
  log: Log
}): Handler {
  const { store, engine, log } = deps
  return async (_req, res) => {
    try {
      await store.ping()
      const body = JSON.stringify({ status: 'ok', store: engine })
      reply(res, { status: 200, type: 'json', body })
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error
      log('error', 'not healthy', { reason: sayError(error) })
      const body = JSON.stringify({ status: 'unavailable', store: engine, reason: error.code })
      reply(res, { status: 503, type: 'json', body, headers: { 'retry-after': '1' } })
    }
  }
}
