import type { JsonObject } from './types.ts'

/** Refuses what is not UTF-8, and keeps a byte order mark for JSON to refuse. */
export const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const stringThenColon = /"(?:[^"\\]|\\.)*"\s*:?/g

const deepest = 32

/** What `parseJsonObject` reads, in words. The RFCs want less: no limit to the depth, and inner names as they come. */
export const strictObject = `a JSON object in UTF-8 with each name once, at most ${deepest} levels deep`

/** Reads a JSON object in UTF-8 with each name once (RFC 7519 §4), not nested deeply; `undefined` for anything else. */
export function parseJsonObject(bytes: Uint8Array): JsonObject | undefined {
  try {
    const text = utf8.decode(bytes)
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) && countNames(value) === countWrittenNames(text) ? value : undefined
  } catch {
    return undefined
  }
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

// JSON.parse keeps the last of two members of one name and says nothing. Two readers that keep
// different ones can be played against each other, so we count: names written against names kept.
function countWrittenNames(text: string): number {
  return text.match(stringThenColon)?.filter((match) => match.endsWith(':')).length ?? 0
}

// Deep nesting counts as no number at all: printing it indented would take space without end.
function countNames(value: unknown, depth = deepest): number {
  if (typeof value !== 'object' || value === null) return 0
  if (depth === 0) return Number.NaN
  const own = Array.isArray(value) ? 0 : Object.keys(value).length
  const counts = Object.values(value).map((member) => countNames(member, depth - 1))
  return counts.reduce((sum, count) => sum + count, own)
}
