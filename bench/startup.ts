import { startSessions } from './sessions.ts'

/** Seconds from the start of the process to its first answer, the store opened and the pages read. */
export async function secondsToFirstAnswer(core: string | undefined): Promise<number> {
  const start = performance.now()
  const server = await startSessions(core)
  try {
    const { status } = await fetch(`${server.url}/home`)
    if (status !== 200) throw new Error(`Cannot measure the start: /home answers ${status}`)
    return (performance.now() - start) / 1000
  } finally {
    await server.stop()
  }
}
