import { parseJsonObject, utf8 } from '../token/json.ts'
import { readBody } from './body.ts'
import { HttpError } from './errors.ts'
import type { HttpRequest } from './types.ts'

export interface FieldOptions {
  /**
   * The body is JSON, whatever its Content-Type says: some clients send JSON as text. Never where a cookie
   * counts, since a form of another site can send text, too.
   */
  readonly alwaysJson?: boolean
  /** A field that nobody asked for is refused by name, and not left out in silence. */
  readonly noOthers?: boolean
}

/**
 * Reads the named fields of a form or of a JSON object; a field that did not come is absent.
 * Throws 400 for a body that cannot be read in one way only, 413 and 415 as `readBody` does.
 */
export async function readFields(
  req: HttpRequest,
  names: readonly string[],
  maxBytes: number,
  { alwaysJson = false, noOthers = false }: FieldOptions = {},
): Promise<Record<string, unknown>> {
  const body = await readBody(req, maxBytes)
  if (body.length === 0) return {}
  const isJson = alwaysJson || mediaType(req.headers['content-type']) === 'application/json'
  const values = isJson ? jsonValues(body) : formValues(body)
  const others = [...values.keys()].filter((name) => !names.includes(name))
  if (noOthers && others.length > 0) throw unknownFields(others)
  // Only the fields that were asked for: whatever else a client sends never travels further.
  return Object.fromEntries(
    names.filter((name) => values.has(name)).map((name) => [name, values.get(name)]),
  )
}

function unknownFields(names: readonly string[]): HttpError {
  const said = names.slice(0, 3).map((name) => (/^\w{1,40}$/.test(name) ? `"${name}"` : 'another'))
  return new HttpError(
    400,
    `Cannot read the body: it has fields that are not known: ${said.join(', ')}`,
  )
}

function mediaType(contentType = ''): 'application/json' | 'application/x-www-form-urlencoded' {
  const [type = '', ...parameters] = contentType.split(';').map((part) => part.trim().toLowerCase())
  const otherCharset = parameters.some(
    (p) => p.startsWith('charset=') && !/^charset="?utf-8"?$/.test(p),
  )
  if (
    !otherCharset &&
    (type === 'application/json' || type === 'application/x-www-form-urlencoded')
  )
    return type
  throw new HttpError(
    415,
    'Cannot read the body: send application/x-www-form-urlencoded or application/json in UTF-8',
    { connection: 'close' },
  )
}

function jsonValues(body: Buffer): Map<string, unknown> {
  const parsed = parseJsonObject(body)
  if (parsed === undefined)
    throw new HttpError(400, 'Cannot read the body: it is not a JSON object with each name once')
  return new Map(Object.entries(parsed))
}

function formValues(body: Buffer): Map<string, unknown> {
  const fields = [...new URLSearchParams(readUtf8(body))]
  const values = new Map(fields)
  if (values.size !== fields.length)
    throw new HttpError(400, 'Cannot read the form: a field came twice')
  return values
}

function readUtf8(body: Buffer): string {
  try {
    const text = utf8.decode(body)
    decodeURIComponent(text) // URLSearchParams would put U+FFFD for an escape that is not UTF-8
    return text
  } catch {
    throw new HttpError(400, 'Cannot read the form: it is not UTF-8')
  }
}
