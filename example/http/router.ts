import { hasBody } from './body.ts'
import { HttpError } from './errors.ts'
import type { Handler, HttpRequest } from './types.ts'

/** Which handler answers which method of a path. HEAD is answered by GET's: node leaves out the body. */
export type Routes = Readonly<Record<string, Methods>>

interface Methods {
  readonly GET?: Handler
  readonly POST?: Handler
  /** Where a GET changes something, HEAD has no business. */
  readonly HEAD?: false
}

/** Finds the handler of a request: exact paths, known methods. Throws 404, 405 or 400. */
export function createRouter(routes: Routes): (req: HttpRequest) => Handler {
  const byPath = new Map(Object.entries(routes))

  return (req) => {
    const methods = byPath.get(pathOf(req.url))
    if (methods === undefined) throw new HttpError(404, 'There is no page at this address')
    const head = req.method === 'HEAD' && methods.HEAD !== false
    const method = head ? 'GET' : req.method
    const handler = method === 'GET' || method === 'POST' ? methods[method] : undefined
    if (handler === undefined) throw methodNotAllowed(allowed(methods))
    if (method === 'GET' && hasBody(req))
      throw new HttpError(400, 'Cannot take a body with this method', { connection: 'close' })
    return handler
  }
}

/** 405 with the methods that are allowed (RFC 9110 §15.5.6). */
export function methodNotAllowed(
  methods: readonly string[],
  message = 'Cannot use this method: it is not allowed here',
): HttpError {
  return new HttpError(405, message, { allow: methods.join(', ') })
}

function allowed({ GET, POST, HEAD }: Methods): string[] {
  return [
    ...(GET === undefined ? [] : ['GET']),
    ...(GET === undefined || HEAD === false ? [] : ['HEAD']),
    ...(POST === undefined ? [] : ['POST']),
  ]
}

/** Letter by letter: a path that has to be decoded or tidied up first is not one of ours. */
export function pathOf(url = ''): string {
  const query = url.indexOf('?')
  return query === -1 ? url : url.slice(0, query)
}
