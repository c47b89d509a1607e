import { crc32 } from 'node:zlib'
import { RecordDamaged } from '../errors.ts'

// How a record is written into LevelDB: its keys, and its text "<checksum> <expiresAt or nothing> <value>".

export type Operation = { type: 'put'; key: string; value: string } | { type: 'del'; key: string }

export interface Stored {
  readonly expiresAt: number | undefined
  readonly value: string
}

export function recordKey(text: string): string {
  return `r:${text}`
}

export function indexKey(expiresAt: number, text: string): string {
  return `x:${String(expiresAt).padStart(16, '0')}:${text}`
}

export function putRecord(text: string, { expiresAt, value }: Stored): Operation {
  const key = recordKey(text)
  const body = `${expiresAt ?? ''} ${value}`
  return { type: 'put', key, value: `${checksum(key, body)} ${body}` }
}

export function removal(text: string, { expiresAt }: Stored): Operation[] {
  const record: Operation = { type: 'del', key: recordKey(text) }
  return expiresAt === undefined
    ? [record]
    : [record, { type: 'del', key: indexKey(expiresAt, text) }]
}

export function parse(key: string, stored: string): Stored {
  const [sum = '', expiresAt = ''] = stored.split(' ', 2)
  const body = stored.slice(sum.length + 1)
  if (sum !== checksum(key, body)) throw new RecordDamaged()
  return {
    expiresAt: expiresAt === '' ? undefined : Number(expiresAt),
    value: body.slice(expiresAt.length + 1),
  }
}

/**
 * LevelDB does not look at its own checksums when it reads a record, and one bit of a damaged disk
 * can turn `2000` into `3000`. Against damage only: who can write our files needs no bit flips.
 */
function checksum(key: string, body: string): string {
  return crc32(body, crc32(key)).toString(36)
}

export function behindAll(prefix: string): string {
  return `${prefix.slice(0, -1)};` // `;` follows `:` in ASCII
}
