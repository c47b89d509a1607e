import { text } from 'node:stream/consumers'
import type { Handler } from '../../example/http/types.ts'

/** The server at this address as a handler: what asks a handler asks it, too. Each request has a connection of its own. */
export function overHttp(url: string): { app: Handler } {
  return {
    async app(req, res) {
      const { method = 'GET', url: path = '/' } = req
      const headers = { ...(req.headers as Record<string, string>), connection: 'close' }
      const body = await text(req)
      const given = { method, headers, redirect: 'manual', ...(body && { body }) } as const
      const answer = await fetch(`${url}${path}`, given)
      res.writeHead(answer.status, Object.fromEntries(answer.headers))
      res.end(await answer.text())
    },
  }
}
