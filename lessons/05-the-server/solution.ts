import type { RequestListener } from 'node:http'
import { challenge, readBearer } from '../../example/http/bearer.ts'
import { HttpError } from '../../example/http/errors.ts'
import { readFields } from '../../example/http/form.ts'
import { reply } from '../../example/http/reply.ts'
import { createRouter } from '../../example/http/router.ts'
import { TokenError } from '../../example/token/errors.ts'

export const firstStep: 'no token' | 'wrong password' | 'expired token' | undefined =
  'expired token'

/** A server in one function: a token for a password, and a page for a token. */
export function createServerHandler(deps: {
  checkCredentials(fields: Record<string, unknown>): string | undefined
  issueToken(subject: string): Promise<string>
  verifyToken(token: string): Promise<{ sub: string }>
}): RequestListener {
  const route = createRouter({
    '/home': { GET: async (_req, res) => reply(res, { status: 200, type: 'html', body: 'Hi' }) },
    '/auth': {
      async POST(req, res) {
        const fields = await readFields(req, ['username', 'password'], 16_384)
        const subject = deps.checkCredentials(fields)
        if (subject === undefined)
          throw new HttpError(401, 'Wrong user name or password', challenge())
        const answer = { access_token: await deps.issueToken(subject), token_type: 'Bearer' }
        reply(res, { status: 200, type: 'json', body: JSON.stringify(answer) })
      },
    },
    '/private': {
      async GET(req, res) {
        const token = readBearer(req.headers.authorization)
        if (token === undefined) throw new HttpError(401, 'Sign in first', challenge())
        const { sub } = await deps.verifyToken(token).catch(refuse)
        reply(res, { status: 200, type: 'json', body: JSON.stringify({ subject: sub }) })
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

/** A token that is refused gets a no. Anything else that went wrong is not about the token. */
function refuse(error: unknown): never {
  if (!(error instanceof TokenError)) throw error
  throw new HttpError(401, 'Sign in first', challenge('invalid_token'))
}
