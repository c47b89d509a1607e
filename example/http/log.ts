import type { Log } from './types.ts'

const levels = ['info', 'warn', 'error'] as const

export type LogLevel = (typeof levels)[number] | 'silent'

// JSON escapes what is below a space. These are the other characters that end a line or steer a
// terminal: DEL, the C1 controls, the two Unicode line ends, and what turns the reading direction.
const unprintable = /[\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
const tokenShaped = /[\w-]{16,}\.[\w-]{16,}(?:\.[\w-]*)?/g

/** One event, one line, whatever a client put into it; and no token, wherever a client put one. */
export function createLog(options: {
  level: LogLevel
  /** JSON for machines, or a short line for people. */
  format: 'json' | 'people'
  now: () => number
  write: (line: string) => void
}): Log {
  const { level: lowest, format, now, write } = options
  const threshold = lowest === 'silent' ? levels.length : levels.indexOf(lowest)

  return (level, event, fields = {}) => {
    if (levels.indexOf(level) < threshold) return
    const time = new Date(now() * 1000).toISOString()
    const line =
      format === 'json'
        ? JSON.stringify({ time, level, event, ...fields })
        : `${time.slice(11, 19)}  ${event}  ${sayFields(fields)}`
    write(`${line.replace(tokenShaped, '[token]').replace(unprintable, asEscape)}\n`)
  }
}

function sayFields(fields: Parameters<Log>[2] & object): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(' ')
}

function asEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
