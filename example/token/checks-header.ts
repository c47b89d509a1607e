import { show } from './show.ts'
import type { Check } from './types.ts'

export const typeCheck: Check = {
  id: 'type',
  rfc: 'RFC 8725 §3.11',
  promise: 'The token says that it is of the kind that is expected here',
  attack: 'A token made for one purpose, such as a refresh token, is used for another',
  needs: ['header'],
  input: ({ header }) => `typ ${show(header.typ)}`,
  refuse: ({ header, policy }) =>
    typeof header.typ === 'string' && mediaType(header.typ) === mediaType(policy.type)
      ? undefined
      : `its typ is not ${policy.type}`,
}

const algorithm: Check = {
  id: 'algorithm',
  rfc: 'RFC 8725 §3.1',
  promise: 'Its algorithm is one that this server chose beforehand',
  attack: 'The token asks for none, or for HMAC with a public key as the secret, and gets it',
  needs: ['header'],
  input: ({ header }) => `alg ${show(header.alg)}`,
  // The header is the attacker's text: it may only be compared with our list, letter by letter.
  refuse({ header, policy }) {
    if (policy.algorithms.some((accepted) => accepted === header.alg)) return undefined
    return header.alg === 'none'
      ? 'it is unsecured: nobody has signed it (RFC 7519 §6)'
      : 'its algorithm is not accepted here'
  },
}

const critical: Check = {
  id: 'critical',
  rfc: 'RFC 7515 §4.1.11, RFC 7797 §6',
  promise: 'It does not depend on an extension that this server does not know',
  attack:
    'The sender meant the token to be refused by readers like us, and we read it all the same',
  needs: ['header'],
  input: ({ header }) => `crit ${show(header.crit)}, b64 ${show(header.b64)}`,
  refuse: ({ header }) =>
    Object.hasOwn(header, 'crit') || Object.hasOwn(header, 'b64')
      ? 'it needs an extension that is not supported'
      : undefined,
}

const keyParameters = ['jwk', 'jku', 'x5u', 'x5c', 'x5t', 'x5t#S256']

const embeddedKey: Check = {
  id: 'embedded-key',
  rfc: 'RFC 8725 §3.10, RFC 7515 §10',
  promise: 'It brings no key of its own and no address to fetch one from',
  attack:
    'The attacker signs with a new key and sends it along, or makes the server call an address',
  needs: ['header'],
  input: ({ header }) => `header names ${Object.keys(header).join(', ')}`,
  refuse: ({ header }) =>
    keyParameters.some((name) => Object.hasOwn(header, name))
      ? 'it carries or points to a key'
      : undefined,
  ours: () => 'RFC 7515 allows such a parameter; we refuse it unread',
}

const key: Check = {
  id: 'key',
  rfc: 'RFC 7515 §4.1.4, RFC 8725 §3.1, §3.10',
  promise: 'Its kid names a key that we hold, and that key is for this algorithm',
  attack: 'A kid that is used as a file name or a query reads what the attacker wants as the key',
  needs: ['header', 'algorithm'],
  input: ({ header }) => `kid ${show(header.kid)}`,
  refuse(verification) {
    const { header, keys } = verification
    // A look-up in a Map and nothing else: a kid is never a path, a query or a default.
    const found = typeof header.kid === 'string' ? keys.get(header.kid) : undefined
    if (found === undefined) return 'its kid names no key of ours'
    if (found.alg !== header.alg) return 'the key is for another algorithm'
    verification.key = found
    return undefined
  },
}

/** What a header may not decide, whichever key is used. */
export const choiceChecks: readonly Check[] = [algorithm, critical, embeddedKey]

/** May this header choose anything? Only among what was decided before it came. */
export const headerChecks: readonly Check[] = [typeCheck, ...choiceChecks, key]

// RFC 7515 §4.1.9: compared as media types, without case, `application/` may be left out.
function mediaType(text: string): string {
  return text.toLowerCase().replace(/^application\//, '')
}
