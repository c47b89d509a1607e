import { countedBy } from '../../http/client-address.ts'
import type { RateLimit } from '../../http/rate-limit.ts'
import { reply } from '../../http/reply.ts'
import { sayError } from '../../http/say-error.ts'
import type { Handler, HttpRequest, Log } from '../../http/types.ts'
import type { Passwords } from '../../password/hash.ts'
import { passwordProblems } from '../../password/rules.ts'
import type { TakeAttempt } from '../../password/take-attempt.ts'
import { answer } from '../answer.ts'
import type { Audit } from '../audit.ts'
import { noReferrer, refuseLink, tokenOf } from '../link-page.ts'
import type { Links } from '../links.ts'
import { type OpenTo, readForm } from '../read-form.ts'
import { refuse } from '../refuse.ts'
import type { SendLink } from '../send-link.ts'
import { takeLinkOf } from '../take-link.ts'
import { idOf, inNewEpoch, type Users, userName } from '../user.ts'
import type { Views } from '../views.ts'

const purpose = 'reset-password'

/** `GET /reset?token=…`: the form for a new password. It uses nothing up. */
export function resetPageHandler(deps: { links: Pick<Links, 'find'>; views: Views }): Handler {
  const { links, views } = deps
  return async (req, res) => {
    const token = tokenOf(req)
    const user = await links.find(token, purpose)
    if (user === undefined) return refuseLink(req, res, { purpose, views })
    const page = () => views.reset({ token, user: user.name })
    answer(req, res, { json: { username: user.name, purpose }, page, headers: noReferrer })
  }
}

/** `POST /reset`: uses the link. All sessions end with the write of the new password, and nobody is signed in by it. */
export function resetHandler(deps: {
  links: Pick<Links, 'find' | 'use'>
  passwords: Pick<Passwords, 'hash'>
  signIns: RateLimit
  addressOf: (req: HttpRequest) => string
  openTo: OpenTo
  views: Views
  audit: Audit
}): Handler {
  const { links, passwords, signIns, addressOf, openTo, views, audit } = deps
  return async (req, res) => {
    const { token, new_password } = await readForm(req, ['token', 'new_password'], openTo)
    const found = await links.find(token, purpose)
    if (found === undefined) return refuseLink(req, res, { purpose, views })
    await signIns.take(countedBy(addressOf(req)))
    const problems = await passwordProblems(new_password, found.name)
    if (problems.length > 0) {
      const named = problems.map((problem) => `new_password: ${problem}`)
      const page = (message: string, wrong: readonly string[]) =>
        views.reset({ token, user: found.name, message, wrong })
      return refuse(req, res, { status: 422, problems: named, page })
    }
    // Before the link is used up: where too many wait for a hash, it is still good.
    const hash = await passwords.hash(new_password)
    const user = await links.use(token, purpose, (user) => ({ ...inNewEpoch(user), hash }))
    if (user === undefined) return refuseLink(req, res, { purpose, views })
    audit('password changed', { user: user.id })
    answer(req, res, { json: { changed: true }, page: '/reset/done', headers: noReferrer })
  }
}

/** `GET /reset/send`: the form of those who forgot their password. */
export function forgotPageHandler({ views }: { views: Views }): Handler {
  return async (_req, res) => reply(res, { status: 200, type: 'html', body: views.forgot() })
}

/** `POST /reset/send`: a link for whoever says a name, if there is an account that has it. */
export function sendResetLinkHandler(deps: {
  users: Pick<Users, 'find'>
  sendLink: SendLink
  takeLink: TakeAttempt
  addressOf: (req: HttpRequest) => string
  openTo: OpenTo
  views: Views
  log: Log
}): Handler {
  const { users, sendLink, openTo, views, log } = deps

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
    const page = () => views.said({ title: 'Look into your mail', message, mailed: true })
    answer(req, res, { status: 202, json: { sent: 'if there is an account of this name' }, page })
    await send(id).catch((error) =>
      log('error', 'cannot send the link', { reason: sayError(error) }),
    )
  }
}
