/** What people copy along with a token. Each takes its wrapping off, or gives the text back. */
const wrappings: ReadonlyArray<[what: string, takeOff: (text: string) => string]> = [
  ['white space', (text) => text.trim()],
  ['quotes', withoutQuotes],
  ['a comma', (text) => text.replace(/^(.*),$/s, '$1')],
  ['the name of the header', (text) => text.replace(/^authorization:\s*/i, '')],
  ['the word Bearer', (text) => text.replace(/^bearer\s+/i, '')],
]

/** Takes off what is around a token, layer by layer. */
export function unwrap(text: string): { inner: string; removed: readonly string[] } {
  const removed = new Set<string>()
  let inner = text
  for (let layers = 0; layers < 10; layers++) {
    const before = inner
    for (const [what, takeOff] of wrappings) {
      const rest = takeOff(inner)
      if (rest !== inner) removed.add(what)
      inner = rest
    }
    if (inner === before) break
  }
  return { inner, removed: [...removed] }
}

function withoutQuotes(text: string): string {
  const quoted = text.length > 1 && /["'`]/.test(text[0] ?? '') && text.at(-1) === text[0]
  return quoted ? text.slice(1, -1) : text
}
