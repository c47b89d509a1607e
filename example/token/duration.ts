const secondsOf = { d: 86_400, h: 3_600, m: 60, s: 1 }
const grammar = /^(?:(\d{1,6})d)?(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,9})s)?$/

/** Reads `90s`, `10m`, `1h30m` or `7d` as seconds; `undefined` for nothing, zero, signs and bare numbers. */
export function parseDuration(text: string): number | undefined {
  const [, d = 0, h = 0, m = 0, s = 0] = grammar.exec(text) ?? []
  const total =
    Number(d) * secondsOf.d + Number(h) * secondsOf.h + Number(m) * secondsOf.m + Number(s)
  return total > 0 ? total : undefined
}

/** Says seconds in at most two units, for people: `6 days 23 hours`. */
export function sayDuration(seconds: number): string {
  const units = [
    [secondsOf.d, 'day'],
    [secondsOf.h, 'hour'],
    [secondsOf.m, 'minute'],
    [secondsOf.s, 'second'],
  ] as const
  const first = units.findIndex(([size]) => seconds >= size)
  if (first === -1) return '0 seconds'
  let rest = seconds
  return units
    .slice(first, first + 2)
    .map(([size, name]) => {
      const count = Math.floor(rest / size)
      rest -= count * size
      return count === 0 ? '' : `${count} ${name}${count === 1 ? '' : 's'}`
    })
    .filter((part) => part !== '')
    .join(' ')
}
