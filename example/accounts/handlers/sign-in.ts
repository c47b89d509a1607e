import { countedBy } from '../../http/client-address.ts'
import type { RateLimit } from '../../http/rate-limit.ts'
import type { Handler, HttpRequest } from '../../http/types.ts'
import type { BeginSession } from '../begin-session.ts'
import { type OpenTo, readForm } from '../read-form.ts'
import { refuse } from '../refuse.ts'
import type { CheckCredentials } from '../sign-in.ts'
import type { Views } from '../views.ts'

/** `POST /signin`: a user name and a password for a session. */
export function signInHandler(deps: {
  checkCredentials: CheckCredentials
  signIns: RateLimit
  addressOf: (req: HttpRequest) => string
  openTo: OpenTo
  beginSession: BeginSession
  views: Views
}): Handler {
  const { checkCredentials, signIns, addressOf, openTo, beginSession, views } = deps
  return async (req, res) => {
    const form = await readForm(req, ['username', 'password', 'device'], openTo)
    const counted = countedBy(addressOf(req))
    // Before the look, which costs a hash: whoever knows a password has no guess to lose.
    await signIns.take(counted)
    const user = await checkCredentials(form, counted)
    if (user === undefined) {
      const page = (message: string) => views.signIn({ username: form.username, message })
      return refuse(req, res, { status: 401, problems: ['Wrong user name or password'], page })
    }
    await beginSession(req, res, user, form.device)
  }
}
