/** Writes a header's or a claim's value for people to read. */
export function show(value: unknown): string {
  if (value === undefined) return 'absent'
  // A number beyond all that JavaScript holds, such as 1e400: as JSON it would look like null.
  return typeof value === 'number' ? String(value) : JSON.stringify(value)
}
