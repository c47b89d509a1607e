import { reply } from '../../http/reply.ts'
import type { Handler } from '../../http/types.ts'
import type { Guarded } from '../require-token.ts'
import type { Said, Views } from '../views.ts'

/** A page that says one thing, where a form that was sent leads to. */
export function saidHandler(said: Said, { views }: { views: Views }): Handler {
  return async (_req, res) => reply(res, { status: 200, type: 'html', body: views.said(said) })
}

/** The same for whoever is signed in, and stays so. */
export function saidToUserHandler(said: Said, { views }: { views: Views }): Guarded {
  return async (_req, res, { user }) =>
    reply(res, { status: 200, type: 'html', body: views.said({ ...said, user }) })
}

export const verified: Said = {
  title: 'It is verified',
  message: 'The link was good: the account is verified.',
  next: { href: '/sessions', label: 'My devices' },
}

export const passwordReset: Said = {
  title: 'Your password is changed',
  message: 'All your devices are signed out. The new password is good from now on.',
  next: { href: '/signin', label: 'Sign in' },
}

export const passwordChanged: Said = {
  title: 'Your password is changed',
  message: 'All your other devices are signed out. The new password is good from now on.',
  next: { href: '/sessions', label: 'My devices' },
}
