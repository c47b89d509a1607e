import { reply } from '../http/reply.ts'
import type { Handler } from '../http/types.ts'

/** A file that every page shares. The browser may keep it for an hour: nothing in it is anybody's. */
export function assetHandler({
  type,
  body,
}: {
  type: 'css' | 'svg' | 'js'
  body: string
}): Handler {
  return async (_req, res) => {
    reply(res, { status: 200, type, body, headers: { 'cache-control': 'public, max-age=3600' } })
  }
}
