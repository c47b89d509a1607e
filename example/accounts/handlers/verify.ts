import { HttpError } from '../../http/errors.ts'
import type { Handler, HttpRequest } from '../../http/types.ts'
import type { TakeAttempt } from '../../password/take-attempt.ts'
import { answer } from '../answer.ts'
import { noReferrer, refuseLink, tokenOf } from '../link-page.ts'
import type { Links } from '../links.ts'
import { type OpenTo, readForm } from '../read-form.ts'
import type { Guarded } from '../require-token.ts'
import type { SendLink } from '../send-link.ts'
import { takeLinkOf } from '../take-link.ts'
import type { Views } from '../views.ts'

const purpose = 'verify-email'

/** `GET /verify?token=…`: a page with a button. Programs that look for viruses in mail open every link: a GET uses none up. */
export function verifyPageHandler(deps: { links: Pick<Links, 'find'>; views: Views }): Handler {
  const { links, views } = deps
  return async (req, res) => {
    const token = tokenOf(req)
    const user = await links.find(token, purpose)
    if (user === undefined) return refuseLink(req, res, { purpose, views })
    const page = () => views.verify({ token, user: user.name })
    answer(req, res, { json: { username: user.name, purpose }, page, headers: noReferrer })
  }
}

/** `POST /verify`: uses the link. */
export function verifyHandler(deps: {
  links: Pick<Links, 'use'>
  openTo: OpenTo
  views: Views
}): Handler {
  const { links, openTo, views } = deps
  return async (req, res) => {
    const { token } = await readForm(req, ['token'], openTo)
    const user = await links.use(token, purpose, (user) => ({ ...user, verified: true }))
    if (user === undefined) return refuseLink(req, res, { purpose, views })
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
    const page = () => views.said({ title: 'Look into your mail', message, mailed: true, user })
    answer(req, res, { status: 202, json: { sent: true }, page })
  }
}
