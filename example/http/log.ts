import type { Log } from './types.ts'

const levels = ['info', 'warn', 'error'] as const

export type LogLevel = (typeof levels)[number] | 'silent'

// What ends a line or steers a terminal: control characters (JSON escapes only those below a space),
// the two line ends of Unicode, and what turns the reading direction.
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu
// It looks only where a word begins: from every letter of a long one, it would look for minutes.
// In a path a dot may stand as %2E.
const tokenShaped = /(?<![\w-])[\w-]{16,}(?:\.|%2e)[\w-]{16,}(?:(?:\.|%2e)[\w-]*)?/gi

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
        ? say({ time, level, event, ...fields })
        : `${time.slice(11, 19)}  ${hideToken('', event)}  ${sayFields(fields)}`.trimEnd()
    write(`${line.replace(unprintable, asEscape)}\n`)
  }
}

function sayFields(fields: Parameters<Log>[2] & object): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${say(value)}`)
    .join(' ')
}

function say(value: unknown): string {
  return JSON.stringify(value, hideToken)
}

// Before JSON escapes: in `\n` and a token, the n would pass for the token's first letter.
function hideToken(_name: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replace(tokenShaped, '[token]') : value
}

function asEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
