import { readFileSync } from 'node:fs'
import { LRUCache } from 'lru-cache'
import mustache from 'mustache'

/** On a page in teaching mode: what it may tell. The account only where it is the well-known one. */
export interface Teaching {
  readonly username?: string
  readonly password?: string
}

interface HomePage {
  readonly signedIn?: { readonly subject: string }
  readonly form?: { readonly username: string; readonly message?: string }
}

interface ProblemPage {
  readonly status: number
  readonly title: string
  readonly message: string
}

/** The pages and what comes with them. Everything that is put into a page is escaped. */
export interface Views {
  readonly css: string
  readonly icon: string
  home(data: HomePage): string
  privatePage(data: { subject: string }): string
  signedOut(): string
  problem(data: ProblemPage): string
  inspect(data: object): string
}

/** Reads the files once, at the start. */
export function loadViews(teaching: Teaching | undefined): Views {
  const layout = read('layout.html')
  const page = (title: string, file: string) => {
    const content = read(file)
    return (data: object) => mustache.render(layout, { title, teaching, ...data }, { content })
  }
  const home = page('Sign in', 'home.html')
  const homeSignedIn = page('You are signed in', 'home.html')
  const signedOut = page('Signed out', 'signed-out.html')({})
  // The page that is asked for most is rendered once for each of the last visitors.
  const privatePage = page('The private page', 'private.html')
  const privatePages = new LRUCache<string, string>({
    max: 1000,
    memoMethod: (subject) => privatePage({ subject }),
  })

  return {
    css: read('style.css'),
    icon: read('favicon.svg'),
    home: (data) => (data.signedIn === undefined ? home : homeSignedIn)(data),
    privatePage: ({ subject }) => privatePages.memo(subject),
    signedOut: () => signedOut,
    problem: page('Something is not right', 'problem.html'),
    inspect: page('Inspect a token', 'inspect.html'),
  }
}

function read(name: string): string {
  return readFileSync(new URL(`views/${name}`, import.meta.url), 'utf8')
}
