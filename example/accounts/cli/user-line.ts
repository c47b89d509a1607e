// A user as a line of JSON. JSON writes a line end within a text as \n, so no name can break out of its line.
import * as v from 'valibot'
import { isBounded } from '../../password/hash.ts'
import { parseJsonObject } from '../../token/json.ts'
import { type NewUser, nameRule, roles, type User, userName } from '../user.ts'

const roleRule = `must be a list of ${roles.join(', ')}`

const Line = v.object(
  {
    name: v.pipe(v.string('must be a text'), v.regex(userName, nameRule)),
    roles: v.pipe(
      v.array(v.picklist(roles, roleRule), roleRule),
      v.minLength(1, roleRule),
      v.transform((given) => roles.filter((role) => given.includes(role))),
    ),
    enabled: v.boolean('must be true or false'),
    verified: v.optional(v.boolean('must be true or false'), false),
    createdAt: v.optional(
      v.pipe(
        v.number('must be a number'),
        // JSON reads 1e999 as infinite and writes that as null: the record would be damaged from the start.
        v.safeInteger('must be in whole seconds'),
        v.minValue(0, 'must not be negative'),
      ),
    ),
    // What another program made, with bcrypt or at a cost that would stop the server, is not taken over.
    hash: v.pipe(
      v.string('must be a text'),
      v.check(isBounded, 'must be one of argon2id, in the form of PHC, of no more than 128 MiB'),
    ),
  },
  'is missing',
)

const fields = Object.keys(Line.entries)

/** The user as a line, without what is this store's alone: sessions are not taken along, so neither is their epoch. */
export function writeLine({ name, roles, enabled, verified, createdAt, hash }: User): string {
  return `${JSON.stringify({ name, roles, enabled, verified, createdAt, hash })}\n`
}

/** The user in a line, or all that is wrong with it. Nothing that stands in the line is repeated. */
export function readLine(bytes: Uint8Array): NewUser | string[] {
  const object = parseJsonObject(bytes)
  if (object === undefined) return ['is no JSON object with each name once']
  if (Object.keys(object).some((name) => !fields.includes(name)))
    return [`has a field that is none of ${fields.join(', ')}`]
  const { success, output, issues } = v.safeParse(Line, object)
  if (success) return output
  return issues.map((issue) => `${issue.path?.[0].key}: ${issue.message}`)
}
