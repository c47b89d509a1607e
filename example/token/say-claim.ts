import { claimMeanings, timeClaims } from './claims.ts'
import { sayDuration } from './duration.ts'

/** Says one claim for people: what it means, where that is written, and a time in words. */
export function sayClaim(name: string, value: unknown, now: number) {
  const { meaning, rfc } = claimMeanings.get(name) ?? otherClaim
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const inWords = timeClaims.includes(name) ? sayTime(value, now) : undefined
  return { name, meaning, rfc, value: text, inWords }
}

const otherClaim = {
  meaning: 'Not one of the seven that RFC 7519 registers: issuer and reader agreed on it',
  rfc: 'RFC 7519 §4.2, §4.3',
}

/** Says a NumericDate (RFC 7519 §2) as a date and as a distance from now; `undefined` for what is none. */
export function sayTime(value: unknown, now: number): string | undefined {
  // Dates end in the year 275760, which a token in milliseconds may well exceed.
  if (typeof value !== 'number' || !Number.isInteger(value) || Math.abs(value) > 8.64e12)
    return undefined
  const date = new Date(value * 1000).toUTCString()
  if (value === now) return `${date}, now`
  const distance = sayDuration(Math.abs(value - now))
  return value < now ? `${date}, ${distance} ago` : `${date}, in ${distance}`
}
