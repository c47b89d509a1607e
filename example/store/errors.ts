/** The store could not say yes or no. The answer to the client is 503, never a guess. */
export class StoreUnavailable extends Error {
  /** Why, in one word that holds no secret: `/health` may tell it to everybody. */
  readonly code: UnavailableCode

  constructor(doing: string, options: ErrorOptions & { code?: UnavailableCode } = {}) {
    const { code = 'unavailable', ...causes } = options
    super(
      `Cannot ${doing}: the store ${refusing.has(code) ? 'refuses' : 'does not answer'}`,
      causes,
    )
    this.name = 'StoreUnavailable'
    this.code = code
  }
}

/** It has answered, and the answer was no. */
const refusing = new Set<UnavailableCode>(['read-only', 'out-of-memory', 'disk', 'denied'])

export type UnavailableCode =
  | 'unavailable'
  /** No connection. */
  | 'down'
  /** Connected, and no answer in time. */
  | 'timeout'
  /** It reads its records from disk, after a start. */
  | 'loading'
  /** It is a replica, which takes no writes. */
  | 'read-only'
  | 'out-of-memory'
  /** It cannot write to its disk. */
  | 'disk'
  /** A Cluster moves or misses the part that holds this record. */
  | 'moving'
  /** Too few replicas have confirmed a write that must not be lost. */
  | 'replicas'
  /** It refuses our user name, password or command. */
  | 'denied'

/** The record is there and cannot be read: its bytes are not the ones that were written. */
export class RecordDamaged extends Error {
  constructor() {
    super('Cannot read the record: it is damaged')
    this.name = 'RecordDamaged'
  }
}

/** For `.catch()`, where a record only lets somebody in: one that cannot be read is as good as none. */
export function absentIfDamaged(error: unknown): undefined {
  if (!(error instanceof RecordDamaged)) throw error
}

/** The store cannot be opened; the message is for the person who starts the server. */
export class StoreNotOpened extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(`Cannot open the store: ${reason}`, options)
    this.name = 'StoreNotOpened'
  }
}
