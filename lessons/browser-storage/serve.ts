import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Listens on a free port of this machine. */
export async function serve(
  listener: RequestListener,
): Promise<{ port: number; stop(): Promise<void> }> {
  const server = createServer(listener)
  server.unref() // whoever fails before the stop holds up nothing
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    stop() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
