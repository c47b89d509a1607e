import { isLoopbackOrigin } from './loopback.ts'

/** On every answer of a handler. No CORS header: other sites' scripts have no business here, unless `cors.ts` lets them. */
export const securityHeaders = {
  // Nothing loads but our own style sheet and icon; no script runs, even if one got into a page.
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  // Not no-referrer: with that, browsers send `Origin: null` with our own forms.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // A token or private data may be in any answer: nothing may be kept (RFC 6749 §5.1, RFC 9111 §5.2.2.5).
  'cache-control': 'no-store',
} as const

/**
 * Where browsers come by https: they are told never to come by http again (RFC 6797). Not on localhost,
 * where that would shut out every other project of the same person.
 */
export function transportHeaders(publicOrigin: string | undefined): Record<string, string> {
  return publicOrigin?.startsWith('https:') && !isLoopbackOrigin(publicOrigin)
    ? { 'strict-transport-security': 'max-age=31536000' }
    : {}
}
