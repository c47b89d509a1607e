import type { Handler } from '../../http/types.ts'
import { answer } from '../answer.ts'
import type { Outbox } from '../outbox.ts'
import { sayAgo } from '../say-ago.ts'
import type { Views } from '../views.ts'
import type { SubjectOf } from './page.ts'

/** `GET /outbox`: what would have been sent, to everybody. Only in teaching mode. */
export function outboxHandler(deps: {
  outbox: Pick<Outbox, 'mails'>
  subjectOf: SubjectOf
  views: Views
  now: () => number
}): Handler {
  const { outbox, subjectOf, views, now } = deps
  return async (req, res) => {
    const mails = await outbox.mails()
    const said = mails.map((mail) => ({ ...mail, ago: sayAgo(now() - mail.at) }))
    const subject = await subjectOf(req)
    answer(req, res, { json: { mails }, page: () => views.outbox({ subject, mails: said }) })
  }
}
