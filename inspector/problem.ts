/**
 * What keeps the inspector from looking at a token at all, in one sentence with the way out.
 * It never holds what a person typed: that may be a token, a secret or a private key.
 */
export class Problem extends Error {
  override readonly name = 'Problem'
}
