import { wanted } from '../../http/accept.ts'
import { countedBy } from '../../http/client-address.ts'
import type { RateLimit } from '../../http/rate-limit.ts'
import { sayError } from '../../http/say-error.ts'
import type { Handler, HttpRequest, Log } from '../../http/types.ts'
import type { Passwords } from '../../password/hash.ts'
import { passwordProblems } from '../../password/rules.ts'
import { sendJson } from '../answer.ts'
import type { Audit } from '../audit.ts'
import type { BeginSession } from '../begin-session.ts'
import { type OpenTo, readForm } from '../read-form.ts'
import { refuse } from '../refuse.ts'
import type { SendLink } from '../send-link.ts'
import { nameRule, type Users, userName } from '../user.ts'
import type { Views } from '../views.ts'

/** `POST /signup`: a new user with the role CLIENT. Which roles somebody has is nothing that they say. */
export function signUpHandler(deps: {
  users: Pick<Users, 'create'>
  passwords: Pick<Passwords, 'hash'>
  signUps: RateLimit
  addressOf: (req: HttpRequest) => string
  openTo: OpenTo
  beginSession: BeginSession
  /** Absent where nothing sends mail. */
  sendLink?: SendLink | undefined
  views: Views
  audit: Audit
  log: Log
  now: () => number
}): Handler {
  const { users, passwords, signUps, addressOf, openTo, beginSession, sendLink } = deps
  const { views, audit, log, now } = deps

  return async (req, res) => {
    const { username, password } = await readForm(req, ['username', 'password'], openTo)
    const refused = (status: 409 | 422, problems: readonly string[]) =>
      refuse(req, res, {
        status,
        problems,
        page: (message, wrong) => views.signUp({ username, message, wrong }),
      })

    // Before the look: to go through all common words costs more than to count.
    const address = addressOf(req)
    await signUps.take(countedBy(address))
    const problems = [
      ...(userName.test(username) ? [] : [`username: ${nameRule}`]),
      ...(await passwordProblems(password, username)).map((problem) => `password: ${problem}`),
    ]
    if (problems.length > 0) return refused(422, problems)
    const user = await users.create({ name: username, hash: await passwords.hash(password) }, now())
    if (user === undefined) return refused(409, ['username: is taken'])
    audit('signed up', { user: user.id, address })
    // The name is taken from now on, whether the mail leaves or not: another one can be asked for.
    await sendLink?.(user, 'verify-email').catch((error) =>
      log('error', 'cannot send the link', { reason: sayError(error) }),
    )
    if (wanted(req.headers.accept) === 'html') return await beginSession(req, res, user)
    sendJson(res, { username: user.name, roles: user.roles }, { status: 201 })
  }
}
