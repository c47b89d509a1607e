import { Records } from '../store/records.ts'
import { Turns } from '../store/turns.ts'
import type { RecordStore } from '../store/types.ts'
import type { JsonObject } from '../token/types.ts'
import type { Namespace } from './namespace.ts'
import { mostRetired, Ring, rotated, without } from './ring.ts'

/** Keys of one use: how they are made, and how they are read again. */
export interface KeyKind<Key> {
  readonly use: Ring['use']
  /** What type of key its namespace asks for: RSA takes its time. */
  typeOf(namespace: Namespace): string
  fresh(namespace: Namespace): Promise<JsonObject>
  read(jwk: JsonObject): Key
}

/** The keys of a ring, ready for use. */
export interface Keys<Key> {
  /** The one that makes tokens. */
  readonly current: Key
  /** Since when, in seconds since 1970. */
  readonly since: number
  /** All that prove or open tokens, by `kid`. */
  readonly all: ReadonlyMap<string, Key>
}

/** The rings of all namespaces for one use. They are asked of the store each time: a rotation counts at once, in every process. */
export class Rings<Key extends { readonly kid: string }> {
  readonly #records: Records<Ring>
  readonly #kind: KeyKind<Key>
  /** To make keys of JWKs takes longer than to sign. The same text is the same ring, and its keys are made once. */
  readonly #made = new WeakMap<Ring, Made<Key>>()
  /** Rotations under way in this process, by namespace. */
  readonly #rotating = new Map<string, Promise<Keys<Key> | undefined>>()
  readonly #drops = new Turns()

  constructor(store: RecordStore, kind: KeyKind<Key>) {
    const isAt = ({ nsId, use }: Ring, key: { owner: string; id: string }) =>
      nsId === key.owner && use === key.id
    this.#records = new Records(store, 'ring', Ring, isAt, ofTenThousandNamespaces)
    this.#kind = kind
  }

  /** Makes the keys of a namespace, before anybody can ask for it. */
  async make(namespace: Namespace, now: number): Promise<void> {
    const { use, fresh } = this.#kind
    const [current, next] = await Promise.all([fresh(namespace), fresh(namespace)])
    const { nsId } = namespace
    const ring: Ring = { nsId, use, current, next, since: now, retired: [] }
    if (!(await this.#records.insert(nsId, use, ring, undefined, durable)))
      throw new Error('Cannot make the keys: the random id of the namespace is taken')
  }

  /**
   * The keys as they stand; `undefined` when there are none. Whoever finds `current` too old lets the next one
   * take its place, and one of many who do succeeds: there is no timer and no leader.
   */
  async find(namespace: Namespace, now: number): Promise<Keys<Key> | undefined> {
    const ring = await this.#records.find(namespace.nsId, this.#kind.use)
    if (ring === undefined) return undefined
    if (now - ring.since < namespace.keySeconds) return this.#keysOf(ring, now)
    // An RSA key takes a second of a core: those who come meanwhile wait for the same one.
    const { nsId } = namespace
    const rotating =
      this.#rotating.get(nsId) ?? this.rotate(namespace, now, String(ring.current.kid))
    this.#rotating.set(nsId, rotating)
    return await rotating.finally(() => this.#rotating.delete(nsId))
  }

  /**
   * Lets the next key take the place of the current one; with `kid` only of that one. Gives back the keys as they stand;
   * `undefined` when too many are retired.
   */
  async rotate(namespace: Namespace, now: number, kid?: string): Promise<Keys<Key> | undefined> {
    const fresh = await this.#kind.fresh(namespace) // before the write: RSA takes its time
    return await this.#change(namespace, now, (ring) => {
      if (kid !== undefined && ring.current.kid !== kid) return ring
      const after = rotated(ring, fresh, now, longestOf(namespace))
      return kid === undefined && after.retired.length > mostRetired ? undefined : after
    })
  }

  /** Drops a key at once: what was made with it is refused from now on. `undefined` when there is no such key. */
  async drop(namespace: Namespace, kid: string, now: number): Promise<Keys<Key> | undefined> {
    const { nsId } = namespace
    // In turn: else a hundred at once would make a hundred keys, and those of others wait behind them.
    return await this.#drops.take(nsId, async () => {
      const ring = await this.#records.find(nsId, this.#kind.use)
      if (ring === undefined || without(ring, kid, ring.next, now) === undefined) return undefined
      const fresh = await this.#kind.fresh(namespace)
      return await this.#change(namespace, now, (ring) => without(ring, kid, fresh, now))
    })
  }

  async remove({ nsId }: Namespace): Promise<void> {
    await this.#records.remove(nsId, this.#kind.use, durable)
  }

  /** Whether `rotate` would be refused by now: a key that is made for nothing has cost a second of a core. */
  async isFull({ nsId }: Namespace, now: number): Promise<boolean> {
    const ring = await this.#records.find(nsId, this.#kind.use)
    const alive = ring?.retired.filter(({ until }) => until > now)
    return alive?.length === mostRetired
  }

  async #change({ nsId }: Namespace, now: number, change: (ring: Ring) => Ring | undefined) {
    const ring = await this.#records.update(nsId, this.#kind.use, change, durable)
    return ring && this.#keysOf(ring, now)
  }

  #keysOf(ring: Ring, now: number): Keys<Key> {
    const made = this.#made.get(ring) ?? this.#read(ring)
    this.#made.set(ring, made)
    const { current, next, retired } = made
    const alive = retired.flatMap(({ key, until }) => (until > now ? key : []))
    return {
      current,
      since: ring.since,
      all: new Map([current, next, ...alive].map((key) => [key.kid, key])),
    }
  }

  #read({ current, next, retired }: Ring): Made<Key> {
    const { read } = this.#kind
    return {
      current: read(current),
      next: read(next),
      retired: retired.map(({ jwk, until }) => ({ key: read(jwk), until })),
    }
  }
}

interface Made<Key> {
  readonly current: Key
  readonly next: Key
  readonly retired: ReadonlyArray<{ readonly key: Key; readonly until: number }>
}

const durable = { durable: true }

/** Characters: with more namespaces than are remembered, keys are made of JWKs again, which takes longer than all else in a look-up. */
const ofTenThousandNamespaces = 16_000_000

/** How long what a key has made may live. A minute more, for clocks that disagree. */
function longestOf({ maxAccessSeconds, maxRefreshSeconds }: Namespace): number {
  return Math.max(maxAccessSeconds, maxRefreshSeconds) + 60
}
