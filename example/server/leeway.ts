import type { StoreUrl } from '../store/url.ts'

/**
 * Servers on one Redis may be machines whose clocks differ: without leeway the one that is behind refuses what
 * the other has just issued. Elsewhere there is one machine, and one clock. In seconds.
 */
export function leewayWith(engine: StoreUrl['engine']): number {
  return engine.startsWith('redis') ? 5 : 0
}
