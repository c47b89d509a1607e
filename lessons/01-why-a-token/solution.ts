export const firstStep: 'session' | 'jwt' | 'both' | 'neither' | undefined = 'jwt'

// From the first character to the last: the scheme, one space or more, one token.
const bearer = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i

/** The token of `Authorization: Bearer <token>` (RFC 6750 §2.1); `undefined` when there is not exactly one. */
export function readBearer(header: string | undefined): string | undefined {
  return bearer.exec(header ?? '')?.[1]
}

type Situation = 'blog' | 'teams' | 'dismissal' | 'phone' | 'form' | 'robot' | 'cafe' | 'newsletter'
type Choice = 'session' | 'jwt' | 'neither'

/** Our opinion. Two of them have a second good answer. */
export const choices: Record<Situation, Choice> = {
  blog: 'session', // the server that checks is the one that issued
  teams: 'jwt', // twelve check what one has issued
  dismissal: 'session', // one record changes, and the next look-up knows
  phone: 'session', // or a JWT: the database is queried anyway, so it saves little and costs little
  form: 'session', // the answers stay on the server, and only a random id travels
  robot: 'jwt', // the company checks the signature, and has to ask nobody
  cafe: 'neither', // TLS keeps the connection private; the other two need it themselves
  newsletter: 'neither', // or a JWT: a random number, kept beside the address, works too
}
