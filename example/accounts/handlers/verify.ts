import { HttpError } from '../../http/errors.ts'
import type { Handler, HttpRequest } from '../../http/types.ts'
import type { TakeAttempt } from '../../password/take-attempt.ts'
import { answer } from '../answer.ts'
import { noReferrer, refuseLink } from '../link-page.ts'
import type { Links } from '../links.ts'
import { type OpenTo, readForm } from '../read-form.ts'
import type { Guarded } from '../require-token.ts'
import type { SendLink } from '../send-link.ts'
import { takeLinkOf } from '../take-link.ts'
import type { Views } from '../views.ts'
import type { SubjectOf } from './page.ts'

const purpose = 'verify-email'

/** `POST /verify`: uses the link. */
export function verifyHandler(deps: {
  links: Pick<Links, 'use'>
  openTo: OpenTo
  subjectOf: SubjectOf
  views: Views
}): Handler {
  const { links, openTo } = deps
  return async (req, res) => {
    const { token } = await readForm(req, ['token'], openTo)
    const user = await links.use(token, purpose, (user) => ({ ...user, verified: true }))
    if (user === undefined) return await refuseLink(req, res, purpose, deps)
    answer(req, res, { json: { verified: true }, page: '/verify/done', headers: noReferrer })
  }
}

/** `POST /verify/send`: another link, for whoever is signed in. */
export function sendVerifyLinkHandler(deps: {
  sendLink: SendLink
  takeLink: TakeAttempt
  addressOf: (req: HttpRequest) => string
  openTo: OpenTo
  views: Views
}): Guarded {
  const { sendLink, openTo, views } = deps
  return async (req, res, { user }) => {
    await readForm(req, [], openTo)
    if (user.verified) throw new HttpError(409, 'Cannot send a link: the account is verified')
    await takeLinkOf(req, user.id, deps)
    await sendLink(user, purpose)
    const message = 'A link is on its way to you.'
    const page = () =>
      views.said({ title: 'Look into your mail', message, mailed: true, subject: user.name })
    answer(req, res, { status: 202, json: { sent: true }, page })
  }
}
