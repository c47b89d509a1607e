import { reply } from '../http/reply.ts'
import type { HttpResponse } from '../http/types.ts'

/** One answer of this server: JSON for everybody. Nothing keeps what holds a token (`reply` says `no-store`). */
export function answer(res: HttpResponse, json: object, status = 200): void {
  reply(res, { status, type: 'json', body: JSON.stringify(json) })
}
