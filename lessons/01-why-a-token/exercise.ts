// Make two things: a function that finds the token in a request, and eight decisions.

export const firstStep: 'session' | 'jwt' | 'both' | 'neither' | undefined = undefined // TODO: first step

/** The token of `Authorization: Bearer <token>`; `undefined` when there is not exactly one. */
export function readBearer(header: string | undefined): string | undefined {
  // TODO: this takes what follows the first space, whatever it is. Take a bearer token, or nothing.
  return header?.split(' ')[1]
}

type Situation = 'blog' | 'teams' | 'dismissal' | 'phone' | 'form' | 'robot' | 'cafe' | 'newsletter'
type Choice = 'session' | 'jwt' | 'neither'

// TODO: somebody took a JWT for everything. Choose again where something else fits better.
export const choices: Record<Situation, Choice> = {
  // One server signs readers in, shows them its pages, and has a database. There is no other.
  blog: 'jwt',
  // One service signs people in. Twelve services of twelve teams must know who is asking.
  teams: 'jwt',
  // Somebody is dismissed at noon. Their next click, a second later, must be refused.
  dismissal: 'jwt',
  // A phone app has one server, which queries its database at every request anyway.
  phone: 'jwt',
  // The answers to a long medical form are kept on the server from page to page, until it is sent.
  form: 'jwt',
  // For ten minutes your build robot may upload to a company that can check your signatures, but
  // not make any.
  robot: 'jwt',
  // In a café, nobody on the same network may read what Ada sends.
  cafe: 'jwt',
  // "Unsubscribe" in a newsletter: one click, no sign-in, and no harm if it is clicked twice.
  newsletter: 'jwt',
}
