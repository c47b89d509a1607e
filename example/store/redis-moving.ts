import { Cluster, type Redis } from 'ioredis'

// ioredis sends the look-ups of one turn of the loop in one batch, and on a Cluster it also redirects a batch as a
// whole: when the slot of one is moving, all of them are asked at its new node, which says of the others that nothing
// is there. Commands that travel alone are redirected alone, and each comes to the right node.

/** Those that never travel in a batch on a Cluster: all but GET. */
export const aloneOnCluster = ['eval', 'mget', 'set', 'zrange']

/** GET, in a batch. On a Cluster nobody believes a batch that found nothing, or came to the wrong node. */
export function lookUp(client: Redis | Cluster, name: string): Promise<string | null> {
  return client instanceof Cluster ? lookTwice(client, name) : client.get(name)
}

async function lookTwice(cluster: Cluster, name: string): Promise<string | null> {
  const value = await cluster.get(name).catch((error: unknown) => {
    if (!isMoving(error)) throw error
    return null
  })
  return value ?? (await lookAlone(cluster, name))
}

async function lookAlone(client: Redis | Cluster, name: string): Promise<string | null> {
  const [value = null] = await client.mget([name])
  return value
}

/** Once more when the batch came to the wrong node, where it was not run: a look that travels alone finds the right one. */
export async function sendAgainIfMoved<T>(
  client: Redis | Cluster,
  name: string,
  send: () => Promise<T>,
): Promise<T> {
  try {
    return await send()
  } catch (error) {
    if (!isMoving(error)) throw error
    await lookAlone(client, name)
    return await send()
  }
}

function isMoving(error: unknown): boolean {
  return error instanceof Error && /^(?:MOVED|ASK|TRYAGAIN)|allocation group/.test(error.message)
}
