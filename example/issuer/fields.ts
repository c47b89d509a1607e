// What a field of a request may hold: each function here gives a value that will do, or refuses it by the name of its field.
import { HttpError } from '../http/errors.ts'
import { passwordProblems } from '../password/rules.ts'
import { namespaceName, namespaceRule } from './namespace.ts'
import { userName, userRule } from './user.ts'

const refuse = (problem: string) => new HttpError(422, problem)

const matching = (pattern: RegExp, rule: string) => (value: unknown, field: string) => {
  if (typeof value === 'string' && pattern.test(value)) return value
  throw refuse(`${field}: ${rule}`)
}

/**
 * A name that can be a user's.
 * @throws HttpError 422
 */
export const nameOf = matching(userName, userRule)

/**
 * A name that can be a namespace's.
 * @throws HttpError 422
 */
export const namespaceNameOf = matching(namespaceName, namespaceRule)

/**
 * The name of a group or an organisation.
 * @throws HttpError 422
 */
export const groupOf = matching(
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
  'must be 1 to 64 letters, digits or ._-, and begin with a letter or digit',
)

/**
 * A password that will do.
 * @throws HttpError 422 with all that speaks against it
 */
export async function passwordOf(value: unknown, name: string): Promise<string> {
  if (typeof value !== 'string') throw refuse('password: must be a text')
  const problems = await passwordProblems(value, name)
  if (problems.length === 0) return value
  throw refuse(problems.map((problem) => `password: ${problem}`).join('; '))
}

/** All of them stand in every token of a user. */
const mostGroups = 32

/**
 * A list of those, each once; `undefined` where the field did not come.
 * @throws HttpError 422
 */
export function groupsOf(value: unknown, field: string): string[] | undefined {
  if (value === undefined) return undefined
  if (!Array.isArray(value) || value.length > mostGroups)
    throw refuse(`${field}: must be a list of ${mostGroups} or fewer`)
  return [...new Set(value.map((each) => groupOf(each, field)))]
}

/**
 * Yes or no; `undefined` where the field did not come.
 * @throws HttpError 422
 */
export function flagOf(value: unknown, field: string): boolean | undefined {
  if (value === undefined || typeof value === 'boolean') return value
  throw refuse(`${field}: must be true or false`)
}

/** How many a page of a list has. */
export const pageSize = 50

/**
 * Where a page of a list begins: behind this name.
 * @throws HttpError 422
 */
export function afterOf(value: unknown): string | undefined {
  return value === undefined ? undefined : nameOf(value, 'after')
}
