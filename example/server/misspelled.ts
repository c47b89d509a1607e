import { bareOf } from './bare-text.ts'
import type { Given } from './types.ts'

/**
 * Says which names are no settings: in a file every one that is not known, in the environment, which holds
 * the names of other programs, too, those that are nearly one of ours.
 */
export function misspelled(environment: Given, file: Given, known: readonly string[]): string[] {
  const unknown = (given: Given) => Object.keys(given).filter((name) => !known.includes(name))
  const near = unknown(environment).filter(
    (name) => environment[name] && !ofOthers.includes(name) && nearestOf(name, known),
  )
  return [...new Set([...near, ...unknown(file)])].map((name) => {
    const ours = nearestOf(name, known)
    if (ours !== undefined) return `${name}: is no setting; ${ours} is`
    return looksLikeName.test(name)
      ? `${name}: is no setting`
      : '.env: a line holds no setting. A value must stand on one line'
  })
}

/** The one of these names that this is nearly. */
export function nearestOf(name: string, known: readonly string[]): string | undefined {
  return known.find((ours) => isNear(bareOf(name), bareOf(ours)))
}

// A secret that was broken into two lines has its second half where a name belongs: that is not shown.
const looksLikeName = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$|^[A-Z]{2,16}$/

const ofOthers = ['LOGLEVEL'] // so many programs read it that it says nothing of ours

const shortest = 6 // shorter names, such as PORT, have neighbors that mean something else

/** The same, or one letter missing, added or mistaken, or two that have changed places. */
function isNear(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length)
  if (shorter < shortest) return a === b
  let start = 0
  while (start < shorter && a[start] === b[start]) start += 1
  let end = 0
  while (end < shorter - start && a.at(-1 - end) === b.at(-1 - end)) end += 1
  const [one, other] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  const swapped = one.length === 2 && other === `${one[1]}${one[0]}`
  return swapped || (one.length <= 1 && other.length <= 1)
}
