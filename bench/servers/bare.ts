import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { contentType, page } from './page.ts'

// The least that node can do: no route, no token, no look-up, and the whole head in one call.
const headers = { 'content-type': contentType, 'content-length': Buffer.byteLength(page) }

const server = createServer((_req, res) => {
  res.writeHead(200, headers)
  res.end(page)
})

process.once('SIGTERM', () => process.exit(0)) // an end of its own, so that its profile is written

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.stdout.write(`Ready at http://127.0.0.1:${port}\n`)
})
