/** A hostile value as it may stand in the name of a test: short, and in ASCII without line ends. */
export function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? 'undefined'
  const ascii = json.replace(
    /[^ -~]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return ascii.length > 60 ? `${ascii.slice(0, 60)}...` : ascii
}
