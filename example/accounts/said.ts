import type { Said } from './views.ts'

/** What pages say that a form leads to. They are texts of ours, so no address can make them say anything else. */
export const said = {
  signedOut: {
    title: 'You are signed out',
    message: 'On this device. Its tokens are refused from now on, wherever they are.',
    next: { href: '/signin', label: 'Sign in again' },
  },
  verified: {
    title: 'It is verified',
    message: 'The link was good: the account is verified.',
    next: { href: '/sessions', label: 'My devices' },
  },
  passwordReset: {
    title: 'Your password is changed',
    message: 'All your devices are signed out. The new password is good from now on.',
    next: { href: '/signin', label: 'Sign in' },
  },
  passwordChanged: {
    title: 'Your password is changed',
    message: 'All your other devices are signed out. The new password is good from now on.',
    next: { href: '/sessions', label: 'My devices' },
  },
} as const satisfies Record<string, Said>
