// One application is one namespace: its own users, its own keys, its own rules. Everything that belongs to it stands under its
// random `nsId`, never under its name: so nothing of one is reachable from another, and a namespace that is made again under
// an old name revives nothing.
import { randomInt } from 'node:crypto'
import * as v from 'valibot'
import { Records } from '../store/records.ts'
import type { RecordStore } from '../store/types.ts'
import { type Algorithm, algorithms } from '../token/algorithms.ts'
import {
  contentEncryptions,
  type KeyManagement,
  keyManagements,
} from '../token/encryption-algorithms.ts'
import { refreshPolicies } from './rotation.ts'

export const signatureAlgorithms = Object.keys(algorithms) as Algorithm[]
export const keyManagementAlgorithms = Object.keys(keyManagements) as KeyManagement[]
const curves = ['P-256', 'P-384', 'P-521'] as const

const Namespace = v.object({
  name: v.string(),
  /** Owns all of its records. */
  nsId: v.string(),
  /** How its tokens are signed. */
  alg: v.picklist(signatureAlgorithms),
  /** How its refresh tokens are encrypted, which nobody but this server reads. */
  encryption: v.object({
    alg: v.picklist(keyManagementAlgorithms),
    curve: v.picklist(curves),
    enc: v.picklist(contentEncryptions),
  }),
  policy: v.picklist(refreshPolicies),
  maxAccessSeconds: v.number(),
  maxRefreshSeconds: v.number(),
  /** How long a key makes tokens. */
  keySeconds: v.number(),
  /** SHA-256 of the token with which the application itself asks for tokens; absent where it has none. */
  clientHash: v.optional(v.string()),
  /** Whether `/token/refresh` is there for it: where users sign in with a password. */
  isOpen: v.boolean(),
  /** A token names those of its user that are named here, too: so a group is gone with one write. */
  groups: v.array(v.string()),
  organisations: v.array(v.string()),
  createdAt: v.number(),
})

/** What the server knows of one application. Times are in seconds. */
export type Namespace = v.InferOutput<typeof Namespace>

/** Becomes a part of addresses, of store keys and of `iss`: small letters, so that no two look alike. */
export const namespaceName = /^[a-z0-9][a-z0-9_-]{2,63}$/

export const namespaceRule =
  'must be 3 to 64 small letters, digits, _ or -, and begin with a letter or digit'

/** The namespace records. What takes rights away, or was promised to somebody, is safe before it resolves. */
export class Namespaces {
  readonly #records: Records<Namespace>

  constructor(store: RecordStore) {
    const isAt = ({ name }: Namespace, key: { id: string }) => name === key.id
    this.#records = new Records(store, 'namespace', Namespace, isAt)
  }

  /** `false` when the name is taken. Its keys are there already: from this moment on somebody may ask for a token. */
  async create(namespace: Namespace): Promise<boolean> {
    return await this.#records.insert(all, namespace.name, namespace, undefined, durable)
  }

  /** `undefined` for what is no name, too. */
  async find(name: string): Promise<Namespace | undefined> {
    return namespaceName.test(name) ? await this.#records.find(all, name) : undefined
  }

  /**
   * Changes one in one durable write, and gives back how it stands; `undefined` when there is none, or nothing to change.
   * One that was made again under the same name since is another one.
   */
  async change(
    { name, nsId }: Pick<Namespace, 'name' | 'nsId'>,
    change: (namespace: Namespace) => Namespace,
  ) {
    const ofThis = (now: Namespace) => (now.nsId === nsId ? change(now) : undefined)
    return await this.#records.update(all, name, ofThis, durable)
  }

  /** `false` when there was none of this name. */
  async remove(name: string): Promise<boolean> {
    return namespaceName.test(name) && (await this.#records.remove(all, name, durable))
  }

  /** At most `most` behind this name, in the order of their names; a damaged one is left out. */
  async page(after: string | undefined, most: number): Promise<Namespace[]> {
    const page: Namespace[] = []
    for await (const { record } of this.#records.list(all, { after })) {
      if (record !== undefined) page.push(record)
      if (page.length === most) break
    }
    return page
  }
}

const all = 'all'
const durable = { durable: true }

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** Twelve random letters and digits: 62 bits, and no dot, which separates it from a user's name in the owner of a grant. */
export function randomNsId(): string {
  return Array.from({ length: 12 }, () => letters[randomInt(letters.length)]).join('')
}
