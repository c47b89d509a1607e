// This server says yes to everybody. Make /auth and /private ask for proof first.
import type { RequestListener } from 'node:http'
import { HttpError } from '../../example/http/errors.ts'
import { reply } from '../../example/http/reply.ts'
import { createRouter } from '../../example/http/router.ts'

export const firstStep: 'no token' | 'wrong password' | 'expired token' | undefined = undefined // TODO: first step

export function createServerHandler(deps: {
  checkCredentials(fields: Record<string, unknown>): string | undefined
  issueToken(subject: string): Promise<string>
  verifyToken(token: string): Promise<{ sub: string }>
}): RequestListener {
  const route = createRouter({
    '/home': { GET: async (_req, res) => reply(res, { status: 200, type: 'html', body: 'Hi' }) },
    '/auth': {
      async POST(_req, res) {
        // TODO: read the body, and give a token for the right user name and password only
        const answer = { access_token: await deps.issueToken('ada'), token_type: 'Bearer' }
        reply(res, { status: 200, type: 'json', body: JSON.stringify(answer) })
      },
    },
    '/private': {
      async GET(_req, res) {
        // TODO: answer with the subject of a good token, and refuse everything else
        reply(res, { status: 200, type: 'json', body: JSON.stringify({ subject: 'ada' }) })
      },
    },
  })
  return async (req, res) => {
    try {
      await route(req)(req, res)
    } catch (error) {
      const refusal = error instanceof HttpError ? error : new HttpError(500, 'Our mistake')
      reply(res, { ...refusal, type: 'json', body: JSON.stringify({ error: refusal.message }) })
    }
  }
}
