import { HttpError } from '../example/http/errors.ts'
import { securityHeaders } from '../example/http/headers.ts'
import { requireLoopbackHost } from '../example/http/loopback.ts'
import { reply } from '../example/http/reply.ts'
import { createRouter, type Routes } from '../example/http/router.ts'
import type { Handler, HttpRequest, HttpResponse } from '../example/http/types.ts'
import { createLastResort } from '../example/server/last-resort.ts'
import { sayError } from '../tutor/journey/disk.ts'
import type { Views } from './views.ts'

/** Pages for whoever sits at this machine, as one handler. */
export interface Pages {
  readonly handler: Handler
  /** Ends what runs, and the connections of all pages that look on. */
  stop(): Promise<void>
}

/** Answers these routes, and what every page needs; what goes wrong is a page, too. */
export function servePages(
  routes: Routes,
  { views, root, forwardedHost }: { views: Views; root: string; forwardedHost: string | undefined },
): Handler {
  const route = createRouter({
    ...routes,
    '/style.css': asset('css', views.css),
    '/favicon.svg': asset('svg', views.icon),
    '/live.js': asset('js', views.script),
  })
  const policy = policyFor(forwardedHost)
  const answerError = createLastResort({
    page: views.problem,
    subjectOf: async () => undefined,
    log: () => {},
  })
  return async (req, res) => {
    try {
      requireLoopbackHost(req, forwardedHost)
      if (isFromElsewhere(req) && req.headers['sec-fetch-mode'] !== 'navigate')
        throw new HttpError(403, 'Cannot answer: another site asked, and not by a link')
      await route(req)(req, res)
    } catch (error) {
      // Nobody else reads this page: what is wrong with a file of theirs is for their eyes.
      const own = error instanceof HttpError ? error : new HttpError(500, sayError(error, root))
      const { status, message } = own
      await answerError(new HttpError(status, message, { ...own.headers, ...policy }), req, res)
    }
  }
}

/** Not kept by the browser: after an update of the course, an earlier script would not know its pages. */
function asset(type: 'css' | 'svg' | 'js', body: string) {
  const GET: Handler = async (_req, res) => reply(res, { status: 200, type, body })
  return { GET }
}

/** Whether a page of another site has caused a request: by a link, or behind the back of whoever reads it. */
export function isFromElsewhere({ headers: { 'sec-fetch-site': site } }: HttpRequest): boolean {
  return site === 'cross-site' || site === 'same-site'
}

/**
 * One script of ours runs, which shows what has changed; and an editor may show the page in a frame. Every page around it
 * counts: VS Code's window is around the view. Only in a workspace is the editor itself a page, which others may have, too.
 */
function policyFor(forwardedHost: string | undefined) {
  const editors = ['vscode-webview:', 'vscode-file:']
  const workspaces = ['https://*.github.dev', 'https://*.vscode-cdn.net']
  const around = forwardedHost === undefined ? editors : [...editors, ...workspaces]
  const policy = securityHeaders['content-security-policy']
    .replace("frame-ancestors 'none'", `frame-ancestors ${around.join(' ')}`)
    .concat("; script-src 'self'; connect-src 'self'")
  return { 'content-security-policy': policy }
}

/** Sends pages as one server does. */
export function pageSender({ forwardedHost }: { forwardedHost: string | undefined }) {
  const headers = policyFor(forwardedHost)
  return (res: HttpResponse, body: string): void =>
    reply(res, { status: 200, type: 'html', body, headers })
}
