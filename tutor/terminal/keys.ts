/** What a learner can press, and in plain mode type: the letter or the word. */
const keys = {
  h: 'hint',
  n: 'next',
  b: 'back',
  o: 'open',
  w: 'web',
  l: 'list',
  r: 'reset',
  d: 'diff',
  q: 'quit',
} as const

/** The letter for what was typed: `h`, `H` and `hint` are the same. */
export function keyOf(typed: string): string {
  const word = typed.trim().toLowerCase()
  return Object.entries(keys).find(([, name]) => name === word)?.[0] ?? word
}

/** Each key with its word, for the foot of the screen. */
export function namedKeys({ manual }: { manual: boolean }): string[] {
  const all = Object.entries(keys).map(([letter, name]) => `${letter} ${name}`)
  return manual ? ['Enter check', ...all] : all
}
