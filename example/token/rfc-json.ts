import { isJsonObject, strictObject, utf8 } from './json.ts'
import { writtenMembers } from './written.ts'

/** Whether JSON that we refuse is good for the RFCs: they want only the outer names once. */
export function isGoodForTheRfcs(bytes: Uint8Array): boolean {
  try {
    const text = utf8.decode(bytes)
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) && Object.keys(value).length === writtenMembers(text).length
  } catch {
    return false
  }
}

/** The rule of ours that it breaks, for people to read. */
export const strictJson = `RFC 8259 allows any depth, and only advises against a name twice; we want ${strictObject}`
