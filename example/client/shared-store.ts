import type { SignIn, SignInStore } from './client.ts'

/**
 * One sign-in for all tabs of a page: `sharedStore({ storage: localStorage, locks: navigator.locks })`. It outlives them, and
 * every script of the origin can read it: choose it knowingly.
 */
export function sharedStore({
  storage,
  locks,
  name = 'sign-in',
}: {
  storage: {
    getItem(name: string): string | null
    setItem(name: string, text: string): void
    removeItem(name: string): void
  }
  locks: { request(name: string, work: () => Promise<unknown>): Promise<unknown> }
  name?: string
}): SignInStore {
  return {
    get(): SignIn | undefined {
      const text = storage.getItem(name)
      return text === null ? undefined : JSON.parse(text)
    },
    set: (signIn) => storage.setItem(name, JSON.stringify(signIn)),
    remove: () => storage.removeItem(name),
    async lock<T>(what: string, work: () => Promise<T>): Promise<T> {
      return (await locks.request(`${name} ${what}`, work)) as T // the lock gives back what the work gave
    },
  }
}
