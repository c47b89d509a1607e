import { HttpError } from '../http/errors.ts'
import { readFields } from '../http/form.ts'
import type { HttpRequest } from '../http/types.ts'

/**
 * The named fields of a JSON object, whatever the Content-Type says: some clients send JSON as text, and no cookie counts
 * here. A field that is not known is refused by name.
 */
export async function readJson<Name extends string>(
  req: HttpRequest,
  names: readonly Name[],
  maxBodyBytes: number,
): Promise<Partial<Record<Name, unknown>>> {
  const options = { alwaysJson: true, noOthers: true }
  return (await readFields(req, names, maxBodyBytes, options)) as Partial<Record<Name, unknown>>
}

/**
 * The text of a field that has to be there.
 * @throws HttpError 400 with the name of the field
 */
export function textOf<Name extends string>(
  fields: Partial<Record<Name, unknown>>,
  name: Name,
): string {
  const value = fields[name]
  if (typeof value === 'string' && value !== '') return value
  throw new HttpError(400, `${name}: must be a text`)
}
