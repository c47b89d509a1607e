import type { RecordKey } from './types.ts'

const kindGrammar = /^[a-z][a-z0-9-]{0,31}$/
const partGrammar = /^[A-Za-z0-9._@+-]{1,128}$/

/** Writes a key as text. No part can hold the separator, so no two keys share a text. */
export function keyText({ kind, owner, id }: RecordKey): string {
  if (!partGrammar.test(id)) throw new TypeError('Cannot use the record key: its id is malformed')
  return ownerPrefix(kind, owner) + id
}

/** What the keys of all records of one owner begin with. */
export function ownerPrefix(kind: string, owner: string): string {
  if (!kindGrammar.test(kind))
    throw new TypeError('Cannot use the record key: its kind is malformed')
  if (!partGrammar.test(owner))
    throw new TypeError('Cannot use the record key: its owner is malformed')
  return `${kind}:${owner}:`
}
