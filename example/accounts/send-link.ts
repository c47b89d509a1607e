import { sayDuration } from '../token/duration.ts'
import type { Audit } from './audit.ts'
import type { Links, Purpose } from './links.ts'
import type { SendMail } from './outbox.ts'
import type { User } from './user.ts'

/** Makes a link for this user and sends it. */
export type SendLink = (user: User, purpose: Purpose) => Promise<void>

export function createSendLink(deps: {
  links: Pick<Links, 'make'>
  sendMail: SendMail
  /** Where links lead. Never the Host of a request: who asks for another's link would choose it. */
  publicOrigin: string | undefined
  linkSeconds: number
  audit: Audit
}): SendLink {
  const { links, sendMail, publicOrigin = '', linkSeconds, audit } = deps
  return async (user, purpose) => {
    const { path, subject, text } = mails[purpose]
    const link = `${publicOrigin}${path}?token=${await links.make(user, purpose)}`
    const end = `It is good for ${sayDuration(linkSeconds)}, and once. If you did not ask for it, do nothing.`
    await sendMail({ to: user.name, subject, text: `${text} ${end}`, link })
    audit('link sent', { user: user.id, purpose })
  }
}

const mails: Record<Purpose, { path: string; subject: string; text: string }> = {
  'verify-email': {
    path: '/verify',
    subject: 'Is this address yours?',
    text: 'Somebody has signed up with this address. If it was you, open this link and confirm it.',
  },
  'reset-password': {
    path: '/reset',
    subject: 'A new password',
    text: 'Somebody has forgotten the password of your account. If it was you, open this link and choose a new one.',
  },
}
