import type { Config } from './config.ts'

/** What the server says when it is ready. */
export function welcome({ issuer, workers }: Config, port: number): string {
  const together = workers === 1 ? '' : `, with ${workers} processes`
  return `Ready at ${issuer} on port ${port}${together}\n`
}
