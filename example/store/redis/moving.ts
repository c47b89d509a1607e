import type { Cluster, Redis } from 'ioredis'

// ioredis sends the look-ups of one turn of the loop in one batch, and on a Cluster it also redirects a batch as a
// whole: when the slot of one is moving, all of them are asked at its new node, which says of the others that nothing
// is there. Commands that travel alone are redirected alone, and each comes to the right node.

/** Those that never travel in a batch on a Cluster: all but GET. */
export const aloneOnCluster = ['eval', 'mget', 'set', 'zrange']

/**
 * Before a command for a half-moved slot ioredis sends ASKING, and never looks at its answer: a node that is lost
 * just then would be an error that nobody caught, and the end of our process.
 */
export function outliveAsking(cluster: Cluster): Cluster {
  return cluster.on('+node', (node: Redis) => {
    const asking = node.asking.bind(node)
    node.asking = () => asking().catch(() => 'OK')
  })
}

export async function lookAlone(client: Redis | Cluster, name: string): Promise<string | null> {
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

/** Was this command not run, because another node has the slot of its key, or soon will? */
export function isMoving(error: unknown): boolean {
  return error instanceof Error && /^(?:MOVED|ASK|TRYAGAIN)|allocation group/.test(error.message)
}
