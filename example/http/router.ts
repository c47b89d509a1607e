import { hasBody } from './body.ts'
import { HttpError } from './errors.ts'
import type { Handler, HttpRequest } from './types.ts'

/**
 * Which handler answers which method of a path. One part of a path may be a name: `/users/:name/roles` is
 * the roles of anybody, and the handler gets the name. HEAD is answered by GET's: node leaves out the body.
 */
export type Routes = Readonly<Record<string, Methods>>

interface Methods {
  readonly GET?: Handler
  readonly POST?: Handler
  readonly PUT?: Handler
  readonly DELETE?: Handler
  /** Where a GET changes something, HEAD has no business. */
  readonly HEAD?: false
}

/** A name in a path, letter by letter: what would have to be decoded or tidied up first is none. */
const aName = /^(?!\.\.?$)[\w.~@+-]{1,128}$/

/** Finds the handler of a request: exact paths, known methods. Throws 404, 405 or 400. */
export function createRouter(routes: Routes): (req: HttpRequest) => Handler {
  const paths = Object.entries(routes)
  const byPath = new Map(paths.filter(([path]) => !path.includes(':')))
  const withName = paths.filter(([path]) => path.includes(':')).map(withOneName)

  function find(path: string): [methods?: Methods, name?: string] {
    const exact = byPath.get(path)
    if (exact !== undefined) return [exact]
    for (const { before, after, methods } of withName) {
      const name = path.slice(before.length, path.length - after.length)
      if (path === `${before}${name}${after}` && aName.test(name)) return [methods, name]
    }
    return []
  }

  return (req) => {
    const { url, method = '' } = req
    const [methods, name] = find(pathOf(url))
    if (methods === undefined) throw new HttpError(404, 'There is no page at this address')
    const handler = handlerOf(methods, method)
    if (handler === undefined) throw methodNotAllowed(allowed(methods))
    if (!withBody.includes(method) && hasBody(req))
      throw new HttpError(400, 'Cannot take a body with this method', { connection: 'close' })
    return name === undefined ? handler : (req, res) => handler(req, res, name)
  }
}

function withOneName([path, methods]: [path: string, methods: Methods]) {
  const [before = '', after = '', ...others] = path.split(/:\w+/)
  if (others.length > 0) throw new TypeError(`Cannot route ${path}: it has two names`)
  return { before, after, methods }
}

const withBody = ['POST', 'PUT']

function handlerOf(methods: Methods, method: string): Handler | undefined {
  if (method === 'HEAD') return methods.HEAD === false ? undefined : methods.GET
  return method === 'GET' || method === 'POST' || method === 'PUT' || method === 'DELETE'
    ? methods[method]
    : undefined
}

/** 405 with the methods that are allowed (RFC 9110 §15.5.6). */
export function methodNotAllowed(
  methods: readonly string[],
  message = 'Cannot use this method: it is not allowed here',
): HttpError {
  return new HttpError(405, message, { allow: methods.join(', ') })
}

function allowed(methods: Methods): string[] {
  return ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'].filter((method) => handlerOf(methods, method))
}

/** Letter by letter: a path that has to be decoded or tidied up first is not one of ours. */
export function pathOf(url = ''): string {
  const query = url.indexOf('?')
  return query === -1 ? url : url.slice(0, query)
}
