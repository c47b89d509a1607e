import type { RecordStore } from '../../example/store/types.ts'

/** A store like another one, with some methods of its own: a double for a part of it. */
export function like(store: RecordStore, own: Partial<RecordStore>): RecordStore {
  return {
    get: (key) => store.get(key),
    insert: (...record) => store.insert(...record),
    replace: (...change) => store.replace(...change),
    remove: (...record) => store.remove(...record),
    list: (kind, owner) => store.list(kind, owner),
    sweep: (now) => store.sweep(now),
    ping: () => store.ping(),
    close: () => store.close(),
    ...own,
  }
}
