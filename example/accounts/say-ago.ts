import { sayDuration } from '../token/duration.ts'

/** Says how long ago something was, for people: `3 days ago`. */
export function sayAgo(seconds: number): string {
  const [count, unit] = sayDuration(seconds).split(' ')
  return seconds < 60 ? 'just now' : `${count} ${unit} ago`
}
