/** Writes a header's or a claim's value for people to read. */
export function show(value: unknown): string {
  return value === undefined ? 'absent' : JSON.stringify(value)
}
