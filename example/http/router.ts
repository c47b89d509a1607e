import { hasBody } from './body.ts'
import { HttpError } from './errors.ts'
import type { Handler, HttpRequest } from './types.ts'

/** Which handler answers which method of a path. HEAD is answered by GET's: node leaves out the body. */
export type Routes = Readonly<Record<string, { readonly GET?: Handler; readonly POST?: Handler }>>

/** Finds the handler of a request: exact paths, known methods. Throws 404, 405 or 413. */
export function createRouter(routes: Routes): (req: HttpRequest) => Handler {
  const byPath = new Map(Object.entries(routes))

  return (req) => {
    const methods = byPath.get(pathOf(req.url))
    if (methods === undefined) throw new HttpError(404, 'There is nothing here')
    const method = req.method === 'HEAD' ? 'GET' : req.method
    const handler = method === 'GET' || method === 'POST' ? methods[method] : undefined
    if (handler === undefined) throw methodNotAllowed(Object.keys(methods))
    if (method === 'GET' && hasBody(req))
      throw new HttpError(413, 'Cannot take a body with this method', { connection: 'close' })
    return handler
  }
}

/** 405 with the methods that are allowed (RFC 9110 §15.5.6). */
export function methodNotAllowed(methods: readonly string[]): HttpError {
  const allowed = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
  return new HttpError(405, 'This method is not allowed here', { allow: allowed.join(', ') })
}

// Letter by letter: a path that has to be decoded or tidied up first is not one of ours.
function pathOf(url = ''): string {
  const query = url.indexOf('?')
  return query === -1 ? url : url.slice(0, query)
}
