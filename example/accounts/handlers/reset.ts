import { countedBy } from '../../http/client-address.ts'
import type { RateLimit } from '../../http/rate-limit.ts'
import { sayError } from '../../http/say-error.ts'
import type { Handler, HttpRequest, Log } from '../../http/types.ts'
import type { Passwords } from '../../password/hash.ts'
import { passwordProblems } from '../../password/rules.ts'
import type { TakeAttempt } from '../../password/take-attempt.ts'
import { answer } from '../answer.ts'
import type { Audit } from '../audit.ts'
import { noReferrer, refuseLink } from '../link-page.ts'
import type { Links } from '../links.ts'
import { type OpenTo, readForm } from '../read-form.ts'
import { refuse } from '../refuse.ts'
import type { SendLink } from '../send-link.ts'
import { takeLinkOf } from '../take-link.ts'
import { idOf, inNewEpoch, type Users, userName } from '../user.ts'
import type { Views } from '../views.ts'
import type { SubjectOf } from './page.ts'

const purpose = 'reset-password'

/** `POST /reset`: uses the link. All sessions end with the write of the new password, and nobody is signed in by it. */
export function resetHandler(deps: {
  links: Pick<Links, 'find' | 'use'>
  passwords: Pick<Passwords, 'hash'>
  signIns: RateLimit
  addressOf: (req: HttpRequest) => string
  openTo: OpenTo
  subjectOf: SubjectOf
  views: Views
  audit: Audit
}): Handler {
  const { links, passwords, signIns, addressOf, openTo, subjectOf, views, audit } = deps
  return async (req, res) => {
    const { token, new_password } = await readForm(req, ['token', 'new_password'], openTo)
    const found = await links.find(token, purpose)
    if (found === undefined) return await refuseLink(req, res, purpose, deps)
    await signIns.take(countedBy(addressOf(req)))
    const problems = await passwordProblems(new_password, found.name)
    if (problems.length > 0) {
      const named = problems.map((problem) => `new_password: ${problem}`)
      const subject = await subjectOf(req)
      const page = (message: string, wrong: readonly string[]) =>
        views.reset({ token, user: found.name, message, wrong, subject })
      return refuse(req, res, { status: 422, problems: named, page })
    }
    // Before the link is used up: where too many wait for a hash, it is still good.
    const hash = await passwords.hash(new_password)
    const user = await links.use(token, purpose, (user) => ({ ...inNewEpoch(user), hash }))
    if (user === undefined) return await refuseLink(req, res, purpose, deps)
    audit('password changed', { user: user.id })
    answer(req, res, { json: { changed: true }, page: '/reset/done', headers: noReferrer })
  }
}

/** `POST /reset/send`: a link for whoever says a name, if there is an account that has it. */
export function sendResetLinkHandler(deps: {
  users: Pick<Users, 'find'>
  sendLink: SendLink
  takeLink: TakeAttempt
  addressOf: (req: HttpRequest) => string
  openTo: OpenTo
  subjectOf: SubjectOf
  views: Views
  log: Log
}): Handler {
  const { users, sendLink, openTo, subjectOf, views, log } = deps

  async function send(id: string): Promise<void> {
    const user = userName.test(id) ? await users.find(id) : undefined
    if (user?.enabled) await sendLink(user, purpose)
  }

  return async (req, res) => {
    const id = idOf((await readForm(req, ['username'], openTo)).username)
    await takeLinkOf(req, id, deps)
    // Answered before anybody is looked for, so neither the words nor the time tell who has an account here. 202 promises
    // no more than that: a link that was lost is asked for again.
    const message = 'If there is an account of this name, a link is on its way to it.'
    const subject = await subjectOf(req)
    const page = () => views.said({ title: 'Look into your mail', message, mailed: true, subject })
    answer(req, res, { status: 202, json: { sent: 'if there is an account of this name' }, page })
    await send(id).catch((error) =>
      log('error', 'cannot send the link', { reason: sayError(error) }),
    )
  }
}
