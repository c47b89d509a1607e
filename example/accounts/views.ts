import { loadPages, type ProblemPage } from '../server/pages.ts'
import { sayDuration } from '../token/duration.ts'
import type { RefreshRules } from './refresh.ts'

/** What was typed besides a password, what is wrong, and with which fields: with any of them, where none is named. */
interface Form {
  readonly username?: string
  readonly message?: string
  readonly wrong?: readonly string[]
}

/** A page that says one thing, and where to go on. */
export interface Said {
  readonly title: string
  readonly message: string
  readonly next?: { readonly href: string; readonly label: string }
  /** Something was sent: a teaching server says where it is. */
  readonly mailed?: boolean
}

/** Who is signed in, for the head of a page. */
interface Somebody {
  readonly subject?: string | undefined
}

/** What a link opens: whose it is, and the link itself, for the form. */
interface LinkPage extends Somebody {
  readonly user: string
  readonly token: string
}

/** The pages and what comes with them. Everything that is put into a page is escaped. */
export interface Views {
  readonly css: string
  readonly icon: string
  problem(data: ProblemPage): string
  inspect(data: object): string
  home(data: Somebody): string
  signUp(data: Form & Somebody): string
  /** `refused`: a token came and is not good. `first`: none came to a page that needs one. */
  signIn(data: Form & Somebody & { refused?: boolean; first?: boolean }): string
  welcome(data: { name: string; roles: readonly string[] }): string
  sessions(data: { name: string; verified: boolean; devices: readonly object[] }): string
  password(data: Form & { name: string }): string
  verify(data: LinkPage): string
  forgot(data: Somebody): string
  reset(data: Form & LinkPage): string
  said(data: Said & Somebody): string
  outbox(data: Somebody & { mails: readonly object[] }): string
  /** `family`: that of the client, when one is signed in. */
  family(data: { name: string; rules: RefreshRules; family?: object | undefined }): string
}

/** Reads the files once, at the start. `mail`: links can be sent. */
export function loadViews(teaching: boolean, mail = teaching): Views {
  const { css, icon, problem, inspect, page } = loadPages({
    views: new URL('views/', import.meta.url),
    name: 'Accounts',
    parts: ['own-token', 'family-tokens', 'family-trail'],
    data: { teaching, mail, ...at() },
  })
  const home = page('Accounts', 'home.html')
  const signUp = page('Sign up', 'sign-up.html', at('signup'))
  const signIn = page('Sign in', 'sign-in.html', at('signin'))
  const welcome = page('Welcome', 'welcome.html', at('welcome'))
  const sessions = page('My devices', 'sessions.html', at('sessions'))
  const password = page('Change your password', 'password.html', at('password'))
  const family = page('A stolen refresh token', 'family.html', at('family'))
  const verify = page('Is this address yours?', 'verify.html')
  const forgot = page('Forgot your password?', 'forgot.html')
  const reset = page('Choose a new password', 'reset.html')
  const said = page('Accounts', 'said.html')
  const outbox = page('Outbox', 'outbox.html', at('outbox'))
  const withSubject = <T extends { name: string }>({ name, ...data }: T) => ({
    ...data,
    subject: name,
  })

  return {
    css,
    icon,
    problem,
    inspect: inspect(at('inspect')),
    home,
    signUp: (form) => signUp(withForm(form)),
    signIn: (form) => signIn(withForm(form)),
    welcome: (data) => welcome(withSubject(data)),
    sessions: (data) => sessions({ ...withSubject(data), others: data.devices.length > 1 }),
    password: (data) => password(withSubject(withForm(data))),
    verify,
    forgot,
    reset: (form) => reset(withForm(form)),
    said,
    outbox,
    family: ({ rules, ...data }) => family({ ...withSubject(data), ...sayRules(rules) }),
  }
}

/** Tells of each field whether it is wrong, for its border and for screen readers. */
function withForm<T extends Form>(form: T) {
  const { message, wrong = [] } = form
  const isWrong = (name: string) =>
    message !== undefined && (wrong.length === 0 || wrong.includes(name))
  return { ...form, invalid: Object.fromEntries(fields.map((name) => [name, isWrong(name)])) }
}

const fields = ['username', 'password', 'current_password', 'new_password']

function sayRules({ policy, graceSeconds }: RefreshRules) {
  const grace = graceSeconds > 0 && sayDuration(graceSeconds)
  return { policy, oneUse: policy === 'refreshBoth', window: policy === 'window', grace }
}

/** The link at the head of a page that leads to this very page is marked, for screen readers, too. */
function at(page?: keyof typeof elsewhere) {
  return { at: { ...elsewhere, ...(page && { [page]: 'page' }) } }
}

const elsewhere = {
  signup: false,
  signin: false,
  sessions: false,
  welcome: false,
  password: false,
  family: false,
  inspect: false,
  outbox: false,
}
