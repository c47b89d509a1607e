import hooks from 'node:async_hooks'
import { syncBuiltinESMExports } from 'node:module'

/**
 * Keeps tap from following each promise, which takes a fifth of the time: it does so to tell of which test an error is
 * that nobody catches. Without it such an error ends the process, which is red as well. To be called before tap is loaded.
 */
export function withoutDomains(): void {
  hooks.createHook = () => {
    const hook = { enable: () => hook, disable: () => hook }
    return hook
  }
  syncBuiltinESMExports()
}
