/** The letters and digits alone, in small letters. */
export function bareOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

/** Does it go up or down the alphabet or the digits, step by step, for so many characters? */
export function hasRun(text: string, length: number): boolean {
  let [run, step, last] = [1, 0, Number.NaN]
  for (const character of bareOf(text)) {
    const code = character.charCodeAt(0)
    const next = code - last
    run = Math.abs(next) === 1 ? (next === step ? run + 1 : 2) : 1
    ;[step, last] = [next, code]
    if (run >= length) return true
  }
  return false
}
