import { countedBy } from '../../http/client-address.ts'
import type { RateLimit } from '../../http/rate-limit.ts'
import { reply } from '../../http/reply.ts'
import type { HttpRequest } from '../../http/types.ts'
import type { Passwords } from '../../password/hash.ts'
import { passwordProblems } from '../../password/rules.ts'
import { answer } from '../answer.ts'
import type { Audit } from '../audit.ts'
import { type Families, into } from '../family.ts'
import { type OpenTo, readForm } from '../read-form.ts'
import { refuse } from '../refuse.ts'
import type { Guarded } from '../require-token.ts'
import type { CheckCredentials } from '../sign-in.ts'
import { inNewEpoch, type Users } from '../user.ts'
import type { Views } from '../views.ts'

/** `GET /password`: the form. */
export function passwordFormHandler({ views }: { views: Views }): Guarded {
  return async (_req, res, { user: { name } }) =>
    reply(res, { status: 200, type: 'html', body: views.password({ name }) })
}

/** `POST /password`: a new password for who knows the old one. All other sessions end with the same write. */
export function passwordHandler(deps: {
  checkCredentials: CheckCredentials
  passwords: Pick<Passwords, 'hash'>
  /** Two hashes are computed here: whoever knows a password may not ask for them without end. */
  signIns: RateLimit
  users: Pick<Users, 'change'>
  families: Pick<Families, 'change'>
  addressOf: (req: HttpRequest) => string
  openTo: OpenTo
  views: Views
  audit: Audit
}): Guarded {
  const { checkCredentials, passwords, signIns, users, families, addressOf, openTo } = deps
  const { views, audit } = deps
  return async (req, res, { user: { id, name }, family }) => {
    const form = await readForm(req, ['current_password', 'new_password'], openTo)
    const page = (message: string, wrong: readonly string[]) =>
      views.password({ name, message, wrong })
    const credentials = { username: name, password: form.current_password }
    const counted = countedBy(addressOf(req))
    await signIns.take(counted)
    const user = await checkCredentials(credentials, counted)
    if (user === undefined)
      return refuse(req, res, { status: 422, problems: ['current_password: is not right'], page })
    const problems = await passwordProblems(form.new_password, name)
    if (problems.length > 0) {
      const named = problems.map((problem) => `new_password: ${problem}`)
      return refuse(req, res, { status: 422, problems: named, page })
    }
    const hash = await passwords.hash(form.new_password)
    // Of two changes at once one wins, and none is made by a session that has ended meanwhile.
    const changed = await users.change(id, (user) =>
      user.epoch === family.epoch ? { ...inNewEpoch(user), hash } : undefined,
    )
    if (changed === undefined) return refuse(req, res, { status: 409, problems: [meanwhile], page })
    await families.change(id, family.id, into(changed.epoch))
    audit('password changed', { user: id, session: family.id })
    answer(req, res, { json: { changed: true }, page: '/password/done' })
  }
}

const meanwhile = 'password: was changed meanwhile, or your session has ended'
