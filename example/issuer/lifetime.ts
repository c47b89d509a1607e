import { HttpError } from '../http/errors.ts'
import { parseDuration, sayDuration } from '../token/duration.ts'

/**
 * How long a token is to be good, in seconds: as asked for in the path or a field, or as long as its namespace allows.
 * @throws HttpError 400 for what is no duration, and for more than is allowed, which it names
 */
export function lifetimeOf(asked: unknown, most: number, field = 'ttl'): number {
  if (asked === undefined || asked === '') return most
  const seconds = typeof asked === 'string' ? parseDuration(asked) : undefined
  if (seconds === undefined)
    throw new HttpError(400, `${field}: must be a duration such as 90s, 10m, 1h30m or 7d`)
  if (seconds > most) throw new HttpError(400, `${field}: must be ${sayDuration(most)} or less`)
  return seconds
}
