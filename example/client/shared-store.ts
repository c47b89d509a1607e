import type { SignIn, SignInStore } from './client.ts'

interface Asked<Result> {
  readonly result: Result
  readonly error: unknown
  addEventListener(type: 'success' | 'error' | 'upgradeneeded', then: () => void): void
}

interface Kept {
  get(key: string): Asked<SignIn | undefined>
  put(signIn: SignIn, key: string): unknown
  delete(key: string): unknown
}

interface Database {
  createObjectStore(name: string): unknown
  transaction(name: string, mode: 'readonly' | 'readwrite'): Transaction
}

interface Transaction {
  readonly error: unknown
  objectStore(name: string): Kept
  addEventListener(type: 'complete' | 'abort', then: () => void): void
}

/**
 * One sign-in for all tabs of a page: `sharedStore({ databases: indexedDB, locks: navigator.locks })`. It outlives them, and
 * every script of the origin can read it: choose it knowingly. In `localStorage` a tab may still read, for a moment, what
 * another has changed: then both would refresh, or one would bring back what the other has signed out.
 */
export function sharedStore({
  databases,
  locks,
  name = 'sign-in',
}: {
  databases: { open(name: string): Asked<Database> }
  locks: { request(name: string, work: () => Promise<unknown>): Promise<unknown> }
  name?: string
}): SignInStore {
  let opened: Promise<Database> | undefined

  function open(): Promise<Database> {
    const asked = databases.open(name)
    asked.addEventListener('upgradeneeded', () => asked.result.createObjectStore(name))
    return answerOf(asked)
  }

  async function begin(mode: 'readonly' | 'readwrite'): Promise<Transaction> {
    opened ??= open()
    try {
      return (await opened).transaction(name, mode)
    } catch (error) {
      opened = undefined // the browser may have closed it: the next call opens it again
      throw error
    }
  }

  /** Done is what is committed: a disk that is full may give up what every request has said yes to. */
  async function write(work: (kept: Kept) => unknown): Promise<void> {
    const transaction = await begin('readwrite')
    work(transaction.objectStore(name))
    await new Promise<void>((resolve, reject) => {
      transaction.addEventListener('complete', resolve)
      transaction.addEventListener('abort', () => reject(transaction.error))
    })
  }

  return {
    get: async () => await answerOf((await begin('readonly')).objectStore(name).get(name)),
    set: (signIn) => write((kept) => kept.put(signIn, name)),
    remove: () => write((kept) => kept.delete(name)),
    async lock<T>(what: string, work: () => Promise<T>): Promise<T> {
      return (await locks.request(`${name} ${what}`, work)) as T // the lock gives back what the work gave
    },
  }
}

function answerOf<Result>(asked: Asked<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    asked.addEventListener('success', () => resolve(asked.result))
    asked.addEventListener('error', () => reject(asked.error))
  })
}
