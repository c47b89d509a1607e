/** What went wrong and why, cause by cause, for the log: never for a client. */
export function sayError(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const own = `${error.name}: ${error.message}`
  return error.cause === undefined ? own : `${own} (${sayError(error.cause)})`
}
