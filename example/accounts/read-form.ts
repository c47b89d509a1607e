import { wanted } from '../http/accept.ts'
import { type FieldOptions, readFields } from '../http/form.ts'
import { type Origins, requireSameOrigin } from '../http/same-origin.ts'
import type { HttpRequest } from '../http/types.ts'

/** Where forms and calls without a token may come from. */
export interface OpenTo {
  readonly origins: Origins
  /** Origins whose scripts may call as programs do. A browser's form comes from our own pages alone: it would set a cookie. */
  readonly allowedOrigins: readonly string[]
  readonly maxBodyBytes: number
}

/** The named fields as texts: one that did not come, or is no text, is empty. A field that is not known is refused by name. */
export async function readForm<Name extends string>(
  req: HttpRequest,
  names: readonly Name[],
  { origins, allowedOrigins, maxBodyBytes }: OpenTo,
  options: FieldOptions = { noOthers: true },
): Promise<Record<Name, string>> {
  const { origin = '' } = req.headers
  const isAllowed = allowedOrigins.includes(origin) && wanted(req.headers.accept) !== 'html'
  if (!isAllowed) requireSameOrigin(req, origins)
  const fields = await readFields(req, names, maxBodyBytes, options)
  const texts = names.map((name) => [name, typeof fields[name] === 'string' ? fields[name] : ''])
  return Object.fromEntries(texts) as Record<Name, string>
}
