import type { Handler } from '../../http/types.ts'
import { answer } from '../answer.ts'
import type { Outbox } from '../outbox.ts'
import { sayAgo } from '../say-ago.ts'
import type { Views } from '../views.ts'

/** `GET /outbox`: what would have been sent, to everybody. Only in teaching mode. */
export function outboxHandler(deps: {
  outbox: Pick<Outbox, 'mails'>
  views: Views
  now: () => number
}): Handler {
  const { outbox, views, now } = deps
  return async (req, res) => {
    const mails = await outbox.mails()
    const said = mails.map((mail) => ({ ...mail, ago: sayAgo(now() - mail.at) }))
    answer(req, res, { json: { mails }, page: () => views.outbox({ mails: said }) })
  }
}
