import { claimMeanings, timeClaims } from './claims.ts'
import { sayDuration } from './duration.ts'

/** Says one claim for people: what it means, where that is written, and a time in words. */
export function sayClaim(
  name: string,
  value: unknown,
  now: number,
  /** The value as it stands in the token: JavaScript loses digits of long numbers. */
  written = JSON.stringify(value),
) {
  const { meaning, rfc } = claimMeanings.get(name) ?? otherClaim
  const text = typeof value === 'string' ? value : written
  const inWords = timeClaims.includes(name) ? sayTime(value, now) : undefined
  return { name, meaning, rfc, value: text, inWords }
}

const otherClaim = {
  meaning: 'Not one of the seven that RFC 7519 registers: issuer and reader agreed on it',
  rfc: 'RFC 7519 §4.2, §4.3',
}

const lastDate = 8.64e12 // in the year 275760

/** Says a NumericDate (RFC 7519 §2) as a date and as a distance from now; `undefined` for what is none. */
export function sayTime(value: unknown, now: number): string | undefined {
  if (typeof value !== 'number' || Math.abs(value) > lastDate) return undefined
  const date = sayDate(value)
  if (Math.abs(value - now) < 1) return `${date}, now`
  const distance = sayDuration(Math.abs(value - now))
  if (value < now) return `${date}, ${distance} ago`
  return isLikeMilliseconds(value, now)
    ? `${date}, in ${distance}. It looks like milliseconds, where seconds belong: those of ${sayDate(value / 1000)}`
    : `${date}, in ${distance}`
}

function sayDate(seconds: number): string {
  return new Date(seconds * 1000).toUTCString()
}

/** A thousandth of it is a date within a century of now, as few dates in so many years are. */
function isLikeMilliseconds(value: number, now: number): boolean {
  return Math.abs(value / 1000 - now) < 100 * 365 * 86_400 && value > 1e11
}
