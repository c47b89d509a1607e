import type { Cookie } from '../../example/http/cookie.ts'
import { HttpError } from '../../example/http/errors.ts'
import type { Origins } from '../../example/http/same-origin.ts'
import type { Handler, HttpRequest } from '../../example/http/types.ts'
import { hostCookie } from '../../example/server/host-cookie.ts'
import { deps, lifetimeSeconds } from '../two-servers/app.ts'

/** How a token travels between a browser and a server, and which requests are believed. */
export interface Transport {
  setCookie(cookie: Cookie, value: string, maxAgeSeconds: number): string
  clearCookie(cookie: Cookie): string
  readToken(req: HttpRequest, from: { cookie: Cookie }): string | undefined
  requireSameOrigin(req: HttpRequest, origins: Origins): void
}

export interface Shop {
  readonly handler: Handler
  /** For whom something was ordered in Ada's name. */
  readonly orders: string[]
}

interface Answer {
  readonly status: number
  readonly body?: string
  readonly headers?: Record<string, string>
}

const cookie = hostCookie('session', { teaching: true, publicOrigin: undefined })

/** How a page asks in Ada's name. A cookie goes along by itself; another token, its script has to keep. */
const asking = {
  cookie: 'await signIn(); const headers = () => ({})',
  localStorage: `localStorage.token ??= await signIn()
    const headers = () => ({ authorization: 'Bearer ' + localStorage.token })`,
  memory: `const token = await signIn()
    const headers = () => ({ authorization: 'Bearer ' + token })`,
}

/** A shop where Ada is signed in. What people say there is shown as they wrote it: that is its hole. */
export function createShop(
  transport: Transport,
  { keeps = 'cookie', comment = '' }: { keeps?: keyof typeof asking; comment?: string } = {},
): Shop {
  const orders: string[] = []
  const visitor = async (req: HttpRequest): Promise<string> => {
    const token = transport.readToken(req, { cookie })
    const claims = await deps.verifyToken(`${token}`).catch(() => undefined)
    if (claims === undefined) throw new HttpError(401, 'Sign in first')
    return claims.sub
  }
  const routes: Record<string, (req: HttpRequest, query: URLSearchParams) => Promise<Answer>> = {
    'GET /': async () => ({ status: 200, body: page(asking[keeps], comment) }),
    'POST /auth': async () => {
      const token = await deps.issueToken('ada')
      if (keeps !== 'cookie') return { status: 200, body: token }
      return {
        status: 200,
        headers: { 'set-cookie': transport.setCookie(cookie, token, lifetimeSeconds) },
      }
    },
    'GET /private': async (req) => ({ status: 200, body: await visitor(req) }),
    'POST /order': async (req, query) => {
      transport.requireSameOrigin(req, {})
      await visitor(req)
      orders.push(`${query.get('for')}`)
      return { status: 204 }
    },
  }
  return {
    orders,
    async handler(req, res) {
      const { pathname, searchParams } = new URL(`${req.url}`, 'http://localhost')
      const route = routes[`${req.method} ${pathname}`] ?? nowhere
      const { status, body, headers } = await route(req, searchParams).catch(refuse)
      res.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers })
      res.end(body)
    },
  }
}

async function nowhere(): Promise<Answer> {
  throw new HttpError(404, 'Nothing here')
}

function refuse(error: unknown): Answer {
  const { status, message } = error instanceof HttpError ? error : new HttpError(500, `${error}`)
  return { status, body: message }
}

function page(script: string, comment: string): string {
  return `<!doctype html><title>A shop</title><p>People say: ${comment}</p>
  <script type="module">
    const signIn = async () => (await fetch('/auth', { method: 'POST' })).text()
    ${script}
    const button = document.createElement('button')
    button.textContent = 'Order'
    button.onclick = () => fetch('/order?for=ada', { method: 'POST', headers: headers() })
    document.body.append(button)
  </script>`
}
