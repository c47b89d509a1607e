import type { Readable, Writable } from 'node:stream'

/** Where somebody sits, or what stands in their place: of the process itself, or made by a test. */
export interface Console {
  readonly stdin: Readable & {
    readonly isTTY?: boolean
    readonly isRaw?: boolean
    setRawMode(isRaw: boolean): unknown
  }
  readonly stdout: Writable & {
    readonly isTTY: boolean
    readonly columns: number
    readonly rows: number
    hasColors(): boolean
  }
  readonly stderr: { write(text: string): unknown }
  readonly env: NodeJS.ProcessEnv
}
