import { readFileSync } from 'node:fs'
import { LRUCache } from 'lru-cache'
import mustache from 'mustache'

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

interface ProblemPage extends Somebody {
  readonly status: number
  readonly title: string
  readonly message: string
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
  const layout = read('layout.html')
  const form = read('sign-in-form.html')
  const check = read('check.html')
  const page = (title: string, file: string, path?: string) => {
    const content = read(file)
    const fixed = { title, teaching, ...at(path) }
    return (data: object) =>
      mustache.render(layout, { ...fixed, ...data }, { content, form, check })
  }
  const home = page('Sign in', 'home.html', '/home')
  const homeSignedIn = page('You are signed in', 'home-signed-in.html', '/home')
  const unauthorized = page('Sign in first', 'unauthorized.html')
  const signedOut = page('Signed out', 'signed-out.html')({})
  // The page that is asked for most is rendered once for each of the last visitors.
  const privatePage = page('The private page', 'private.html', '/private')
  const privatePages = new LRUCache<string, string>({
    max: 1000,
    memoMethod: (subject) => privatePage({ subject }),
  })

  return {
    css: read('style.css'),
    icon: read('favicon.svg'),
    home: (data) => (data.subject === undefined ? home : homeSignedIn)(data),
    unauthorized: (data) => unauthorized({ ...data, ...at(data.path) }),
    privatePage: ({ subject }) => privatePages.memo(subject),
    signedOut: () => signedOut,
    problem: page('Something is not right', 'problem.html'),
    inspect: page('Inspect a token', 'inspect.html', '/inspect'),
  }
}

/** The link at the head of a page that leads to this very page is marked, for screen readers, too. */
function at(path = '') {
  return { at: { [path.slice(1)]: true } }
}

function read(name: string): string {
  return readFileSync(new URL(`views/${name}`, import.meta.url), 'utf8')
}
