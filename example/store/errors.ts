/** The store could not say yes or no. The answer to the client is 503, never a guess. */
export class StoreUnavailable extends Error {
  constructor(doing: string, options?: ErrorOptions) {
    super(`Cannot ${doing}: the store does not answer`, options)
    this.name = 'StoreUnavailable'
  }
}

/** The record is there and cannot be read: its bytes are not the ones that were written. */
export class RecordDamaged extends Error {
  constructor() {
    super('Cannot read the record: it is damaged')
    this.name = 'RecordDamaged'
  }
}

/** The store cannot be opened; the message is for the person who starts the server. */
export class StoreNotOpened extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(`Cannot open the store: ${reason}`, options)
    this.name = 'StoreNotOpened'
  }
}
