import type { SignIn, SignInStore } from './client.ts'

interface Asked<Result> {
  readonly result: Result
  readonly error: unknown
  addEventListener(type: 'success' | 'error' | 'upgradeneeded', then: () => void): void
}

interface Kept {
  get(key: string): Asked<SignIn | undefined>
  put(signIn: SignIn, key: string): Asked<unknown>
  delete(key: string): Asked<unknown>
}

interface Database {
  createObjectStore(name: string): unknown
  transaction(name: string, mode: 'readonly' | 'readwrite'): { objectStore(name: string): Kept }
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

  async function kept(mode: 'readonly' | 'readwrite'): Promise<Kept> {
    opened ??= open()
    try {
      return (await opened).transaction(name, mode).objectStore(name)
    } catch (error) {
      opened = undefined // the browser may have closed it: the next call opens it again
      throw error
    }
  }

  return {
    get: async () => await answerOf((await kept('readonly')).get(name)),
    set: async (signIn) => await answerOf((await kept('readwrite')).put(signIn, name)),
    remove: async () => await answerOf((await kept('readwrite')).delete(name)),
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
