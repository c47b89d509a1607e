import { Cluster, type Redis } from 'ioredis'
import { Batch } from './batch.ts'
import type { Bounded } from './bounded.ts'
import { isMoving, lookAlone } from './moving.ts'

/** The text at a name; `null` where nothing is. */
export type LookUp = (name: string) => Promise<string | null>

/** The look-up of every request: many travel together. A batch that found nothing is not believed: that one is asked alone. */
export function createLookUp(client: Redis | Cluster, bounded: Bounded): LookUp {
  const ask = <T>(command: () => Promise<T>) => bounded.ask('read the record', command)
  if (client instanceof Cluster) return (name) => ask(() => lookUpOnCluster(client, name))
  const batch = new Batch((names) => ask(() => lookAll(client, names)))
  // Of a key that holds no text MGET says that nothing is there; GET says what is wrong.
  return async (name) => (await batch.get(name)) ?? (await ask(() => client.get(name)))
}

async function lookAll(client: Redis, names: string[]): Promise<Array<string | null>> {
  const values = await client.mget(names)
  // Nobody may get the answer that was meant for another.
  if (Array.isArray(values) && values.length === names.length) return values
  throw new Error('An answer of the wrong length')
}

/** ioredis makes the batches here, since it knows which node has which names (moving.ts says when it errs). */
async function lookUpOnCluster(cluster: Cluster, name: string): Promise<string | null> {
  const value = await cluster.get(name).catch((error: unknown) => {
    if (!isMoving(error)) throw error
    return null
  })
  return value ?? (await lookAlone(cluster, name))
}
