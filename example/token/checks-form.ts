import { decodeBase64url } from './base64url.ts'
import { parseJsonObject, strictObject } from './json.ts'
import { isGoodForTheRfcs, strictJson } from './rfc-json.ts'
import type { Check } from './types.ts'

const length: Check = {
  id: 'length',
  rfc: 'RFC 9110 §17.5',
  promise: 'The token is a string no longer than the limit',
  attack: 'A huge token makes the server decode, parse and hash for a stranger',
  needs: [],
  input: ({ token }) =>
    typeof token === 'string' ? `${token.length} characters` : `a value of type ${typeof token}`,
  refuse({ token, policy }) {
    if (typeof token !== 'string') return 'it is not a string'
    return token.length > policy.maxLength
      ? `it is longer than ${policy.maxLength} characters`
      : undefined
  },
  ours: ({ policy }) =>
    `no RFC limits the length of a token; we read ${policy.maxLength} characters`,
}

const form: Check = {
  id: 'form',
  rfc: 'RFC 7515 §7.1',
  promise: 'It is three parts of base64url, each in its one right spelling',
  attack:
    'Two spellings of one token get past a list of revoked tokens; two parsers read two things',
  needs: ['length'],
  input: ({ token }) => `parts of ${lengths(token)} characters`,
  refuse(verification) {
    const segments = verification.token.split('.', 4)
    if (segments.length !== 3) return 'it does not have three parts'
    const [header, payload, signature] = segments
    if (header === '' || payload === '') return 'a part is empty'
    // An empty third part is the form of an unsecured JWT (RFC 7519 §6.1): `algorithm` calls it that.
    const written = signature === '' ? [header, payload] : segments
    if (written.some((segment = '') => decodeBase64url(segment) === undefined))
      return 'a part is not strict base64url'
    verification.segments = segments
    return undefined
  },
}

const header: Check = {
  id: 'header',
  rfc: 'RFC 7515 §4',
  promise: 'The header is a JSON object with each name once',
  attack: 'With alg written twice, one reader sees the first and another the last',
  needs: ['form'],
  input: ({ segments: [header = ''] }) => `the header part, ${header.length} characters`,
  refuse(verification) {
    const [headerSegment = '', payloadSegment = ''] = verification.segments
    const parsed = parseJsonObject(Buffer.from(headerSegment, 'base64url'))
    if (parsed === undefined) return `the header is not ${strictObject}`
    verification.header = parsed
    verification.payload = Buffer.from(payloadSegment, 'base64url')
    return undefined
  },
  ours: ({ segments: [header = ''] }, failed) =>
    failed && isGoodForTheRfcs(Buffer.from(header, 'base64url')) ? strictJson : undefined,
}

/** Is this a token at all, and can its header be read in only one way? */
export const formChecks: readonly Check[] = [length, form, header]

function lengths(token: string): string {
  return token
    .split('.', 4)
    .map(({ length }) => length)
    .join(', ')
}
