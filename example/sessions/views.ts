import mustache from 'mustache'
import { loadPages, type ProblemPage } from '../server/pages.ts'

/** On a page in teaching mode: what it may tell. The account only where it is the well-known one. */
export interface Teaching {
  readonly username?: string
  readonly password?: string
}

/** Who is signed in, for the head of a page. */
interface Somebody {
  readonly subject?: string | undefined
}

interface UnauthorizedPage {
  /** What was asked for. */
  readonly path: string
  /** What was typed, and what is wrong with it. */
  readonly username: string
  readonly message?: string | undefined
  /** The page needs a token, and none was sent. */
  readonly nothingCame: boolean
  /** A token came and is not good. */
  readonly refused: false | { readonly canInspect: boolean }
}

/** The pages and what comes with them. Everything that is put into a page is escaped. */
export interface Views {
  readonly css: string
  readonly icon: string
  home(data: Somebody): string
  unauthorized(data: UnauthorizedPage): string
  privatePage(data: { subject: string }): string
  signedOut(): string
  problem(data: ProblemPage): string
  inspect(data: object): string
}

/** Reads the files once, at the start. */
export function loadViews(teaching: Teaching | undefined): Views {
  const { css, icon, problem, inspect, page } = loadPages({
    views: new URL('views/', import.meta.url),
    name: 'Learn JSON Web Tokens',
    parts: ['sign-in-form', 'own-token'],
    data: { teaching },
  })
  const home = page('Sign in', 'home.html', at('/home'))
  const homeSignedIn = page('You are signed in', 'home-signed-in.html', at('/home'))
  const unauthorized = page('Sign in first', 'unauthorized.html')
  const signedOut = page('Signed out', 'signed-out.html')({})
  const privatePage = onlyNameDiffers(page('The private page', 'private.html', at('/private')))

  return {
    css,
    icon,
    problem,
    home: (data) => (data.subject === undefined ? home : homeSignedIn)(data),
    unauthorized: (data) => unauthorized({ ...data, ...at(data.path) }),
    privatePage,
    signedOut: () => signedOut,
    inspect: inspect(at('/inspect')),
  }
}

/** Rendered once, with a gap for the name of whoever sees it: it is the page that is asked for most. No name is empty. */
function onlyNameDiffers(page: (data: object) => string) {
  const gap = '\0' // in no file, and never escaped
  const pieces = page({ subject: gap }).split(gap)
  return ({ subject }: { subject: string }) => pieces.join(mustache.escape(subject))
}

/** The link at the head of a page that leads to this very page is marked, for screen readers, too. */
function at(path: string) {
  return { at: { [path.slice(1)]: true } }
}
