import { challenge, readBearer } from '../http/bearer.ts'
import { whole } from '../http/body.ts'
import { HttpError } from '../http/errors.ts'
import type { Handler } from '../http/types.ts'
import { RecordDamaged } from '../store/errors.ts'
import type { Administrator } from './administrator.ts'
import type { AdministratorSessions } from './administrator-session.ts'
import { answer } from './answer.ts'
import type { Audit } from './audit.ts'
import type { FindPlace } from './find-place.ts'
import { readJson } from './read-json.ts'
import type { Place } from './tokens.ts'

type Fields<Name extends string> = Partial<Record<Name, unknown>>

/** What an administrator of the whole server asks for; what it resolves to is the answer. */
export type ServerWork<Name extends string> = (
  fields: Fields<Name>,
  by: Administrator,
) => Promise<object>

/** What an administrator asks of one namespace: of the server's, any; of a namespace's, that one alone. */
export type NamespaceWork<Name extends string> = (
  place: Place,
  fields: Fields<Name>,
  by: Administrator,
) => Promise<object>

export interface RequireAdministrator {
  ofServer<Name extends string>(names: readonly Name[], work: ServerWork<Name>): Handler
  /** Beside the named fields there is `namespace`. */
  ofNamespace<Name extends string>(names: readonly Name[], work: NamespaceWork<Name>): Handler
}

/** Wraps what administrators may ask for: it runs for whoever has signed in and is one of those who may. */
export function createRequireAdministrator(deps: {
  administratorSessions: Pick<AdministratorSessions, 'find'>
  findPlace: FindPlace
  maxBodyBytes: number
  audit: Audit
  now: () => number
}): RequireAdministrator {
  const { administratorSessions, findPlace, maxBodyBytes, audit, now } = deps

  const guarded =
    (
      work: (
        read: <N extends string>(names: readonly N[]) => Promise<Fields<N>>,
        by: Administrator,
      ) => Promise<object>,
    ): Handler =>
    async (asked, res) => {
      // Whoever is judged first could keep the last byte back, until they have lost what the request needs.
      const req = await whole(asked, maxBodyBytes)
      const token = readBearer(req.headers.authorization)
      const by = token === undefined ? undefined : await administratorSessions.find(token, now())
      if (by === undefined) throw notSignedIn(token === undefined ? undefined : 'invalid_token')
      const done = await work((names) => readJson(req, names, maxBodyBytes), by).catch(sayDamaged)
      answer(res, done)
    }

  function forbidden(by: Administrator): HttpError {
    audit('forbidden', { by: by.id })
    return new HttpError(403, 'Cannot do that: it takes an administrator of the whole server')
  }

  return {
    ofServer: (names, work) =>
      guarded(async (read, by) => {
        if (by.nsId !== undefined) throw forbidden(by)
        return await work(await read(names), by)
      }),
    ofNamespace: (names, work) =>
      guarded(async (read, by) => {
        const fields = await read([...names, 'namespace'])
        // Nobody learns from the answer whether there is a namespace that is not theirs.
        const place = await findPlace(fields.namespace).catch((error) => {
          throw by.nsId !== undefined && error instanceof HttpError ? forbidden(by) : error
        })
        if (by.nsId !== undefined && by.nsId !== place.namespace.nsId) throw forbidden(by)
        return await work(place, fields, by)
      }),
  }
}

export const notSignedIn = (error: 'invalid_token' | undefined) =>
  new HttpError(401, 'Sign in as an administrator first', challenge(error))

function sayDamaged(error: unknown): never {
  if (!(error instanceof RecordDamaged)) throw error
  throw new HttpError(409, 'Cannot do that: the record is damaged, and can only be removed')
}
