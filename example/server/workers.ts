import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '../http/types.ts'
import type { Running } from './serve.ts'

/** A worker that dies again and again must not keep the machine busy with starting it. */
const restartMilliseconds = 500

/**
 * Runs this program in `count` processes that share one port, and starts another for each that dies.
 * Resolves when all of them listen, or throws WorkerNotStarted.
 */
export async function startWorkers({ count, log }: { count: number; log: Log }): Promise<Running> {
  const workers = new Set<Worker>()
  let stopping = false
  const fork = async (): Promise<number> => {
    const worker = cluster.fork()
    workers.add(worker)
    worker.once('exit', () => workers.delete(worker))
    const port = await portOf(worker)
    worker.once('exit', (code, signal) => void replace(`${signal ?? code}`))
    return port
  }
  const replace = async (ending: string): Promise<void> => {
    if (stopping) return
    log('error', 'a worker has ended: starting another', { ending })
    await wait(restartMilliseconds)
    if (!stopping) await fork().catch((error: Error) => replace(error.message))
  }

  // One alone first: settings that are wrong are wrong for all of them, and should be said once.
  const port = await fork()
  await Promise.all(Array.from({ length: count - 1 }, fork))
  return {
    port,
    async stop() {
      stopping = true
      await Promise.all([...workers].map(end))
    },
  }
}

/** A worker has ended before it listened, and has said why. */
export class WorkerNotStarted extends Error {}

/** Resolves when the worker listens. */
async function portOf(worker: Worker): Promise<number> {
  const exited = once(worker, 'exit').then(([code, signal]) => {
    throw new WorkerNotStarted(`Cannot start a worker: it ended with ${signal ?? code}`)
  })
  const listening = once(worker, 'listening').then(([address]) => Number(address.port))
  return await Promise.race([listening, exited])
}

async function end(worker: Worker): Promise<void> {
  const exited = once(worker, 'exit')
  worker.process.kill('SIGTERM')
  await exited
}
