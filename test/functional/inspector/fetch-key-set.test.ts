import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createRawServer, type Server } from 'node:net'
import { gzipSync } from 'node:zlib'
import t, { type Test } from 'tap'
import { fetchKeySet, isAddress, type LookUp } from '../../../inspector/fetch-key-set.ts'
import { readFileOf } from '../../../inspector/read-text.ts'
import { temporaryFolder } from '../../support/folder.ts'

/** A server on this machine that counts who connects. */
async function serve(t: Test, listener: RequestListener) {
  const server = createServer(listener)
  let connections = 0
  server.on('connection', () => connections++)
  t.teardown(() => server.closeAllConnections())
  return { ...(await opened(t, server)), connections: () => connections }
}

/** A server on this machine that writes these bytes, and leaves the connection open. */
async function serveBytes(t: Test, bytes: string) {
  const server = createRawServer((socket) => {
    socket.once('data', () => socket.write(bytes))
    socket.on('error', () => {})
    t.teardown(() => socket.destroy())
  })
  return (await opened(t, server)).url
}

async function opened(t: Test, server: Server) {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.teardown(() => server.close())
  const { port } = server.address() as AddressInfo
  return { port, url: `http://127.0.0.1:${port}/jwks` }
}

async function refusal(address: string, timeoutMilliseconds = 2000, lookUp?: LookUp) {
  try {
    const text = await fetchKeySet(address, timeoutMilliseconds, lookUp)
    return `fetched ${text.length} characters`
  } catch (error) {
    return error instanceof Error && error.name === 'Problem' ? error.message : `odd: ${error}`
  }
}

t.test('isAddress() tells an address from the name of a file', async (t) => {
  for (const text of ['http://x', 'HTTPS://x', 'file:///x', 'data://x']) t.ok(isAddress(text), text)
  for (const text of ['jwks.json', '/http:/x', 'C:\\jwks.json', './http://x'])
    t.notOk(isAddress(text))
})

t.test('fetchKeySet()', async (t) => {
  t.test('reads what a server on this machine answers', async (t) => {
    const { url } = await serve(t, (_, res) => void res.end('{"keys":[]}'))
    t.equal(await fetchKeySet(url), '{"keys":[]}')
    t.equal(await fetchKeySet(url.replace('127.0.0.1', 'localhost')), '{"keys":[]}')
  })

  t.test('connects to no other address, however it is spelled', async (t) => {
    const { port, connections } = await serve(t, (_, res) => void res.end('{"keys":[]}'))
    const only = /^Cannot fetch the key set: only http and https addresses of this machine/
    for (const address of [
      'https://example.org/jwks.json',
      `http://0.0.0.0:${port}/`,
      `http://127.0.0.2:${port}/`,
      `http://[::]:${port}/`,
      `http://[::ffff:127.0.0.1]:${port}/`,
      `http://localhost.:${port}/`,
      `http://x.localhost:${port}/`,
      `http://localhost.example.org:${port}/`,
      `http://127.0.0.1:${port}@example.org/`,
      `http://user:password@127.0.0.1:${port}/`,
      `http://user@127.0.0.1:${port}/`,
      `ftp://127.0.0.1:${port}/`,
      'file:///etc/hostname',
      'data://127.0.0.1/,{}',
      'http://',
      'http://127.0.0.1:99999/',
    ])
      t.match(await refusal(address), only, address)
    t.equal(connections(), 0)
  })

  t.test('believes no resolver that sends localhost elsewhere', async (t) => {
    const { port, connections } = await serve(t, (_, res) => void res.end('{"keys":[]}'))
    const fetched = (lookUp: LookUp) => refusal(`http://localhost:${port}/`, 2000, lookUp)
    const leadingTo = (addresses: string[]) =>
      fetched(async () =>
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )
    const refused =
      /^Cannot fetch the key set: localhost is not this machine here\. Write 127\.0\.0/
    for (const elsewhere of [['192.0.2.1'], ['127.0.0.2', '::ffff:127.0.0.1'], []])
      t.match(await leadingTo(elsewhere), refused)
    t.equal(connections(), 0)
    t.equal(await leadingTo(['192.0.2.1', '127.0.0.1']), 'fetched 11 characters')
    t.equal(connections(), 1, 'the address that was looked at is the one that is called')
    t.match(await fetched(() => Promise.reject(new Error('hunter2'))), /the request failed$/)
  })

  t.test('wants a 200, and follows no redirect', async (t) => {
    const { url: location, connections } = await serve(t, (_, res) => void res.end('{"keys":[]}'))
    for (const status of [204, 301, 302, 303, 307, 308, 404, 500]) {
      const { url } = await serve(t, (_, res) => void res.writeHead(status, { location }).end())
      t.match(await refusal(url), new RegExp(`the answer is ${status}, not 200`))
    }
    t.equal(connections(), 0)
  })

  t.test('reads no endless answer, and no packed one', async (t) => {
    const writeOn = (res: ServerResponse): void =>
      void (res.writable && res.write('x'.repeat(10_000), () => writeOn(res)))
    const endless = await serve(t, (_, res) => writeOn(res))
    t.match(await refusal(endless.url), /the key set: it is longer than 65536 bytes/)
    let hungUp: Promise<unknown> | undefined
    const refused = await serve(t, (_, res) => {
      hungUp = once(res.writeHead(404), 'close')
      writeOn(res)
    })
    t.match(await refusal(refused.url), /the answer is 404/)
    await hungUp
    const bomb = gzipSync('x'.repeat(50_000_000)) // before the clock of the question runs
    const packed = await serve(t, (_, res) => {
      res.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
    })
    t.match(await refusal(packed.url), /the answer is packed/)
  })

  t.test('waits for no answer without end, whether it begins or not', async (t) => {
    const silent = await serve(t, () => {})
    const halting = await serve(t, (_, res) => void res.write('{'))
    const open = await serveBytes(t, 'HTTP/1.1 200 OK\r\n\r\n{"keys":[]}')
    for (const [address, what] of [
      [silent.url, 'none'],
      [halting.url, 'a part'],
      [open, 'one that only our own patience ends'],
    ] as const)
      t.match(await refusal(address, 100), /no whole answer came in time/, what)
  })

  t.test('says so when the connection changes to another protocol', async (t) => {
    const head = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'
    t.match(await refusal(await serveBytes(t, head)), /connection was closed without an answer$/)
  })

  t.test('says what went wrong', async (t) => {
    const { url, port } = await serve(t, (req) => void req.socket.destroy())
    t.match(await refusal(url), /the request failed/)
    t.match(await refusal(`https://127.0.0.1:${port}/`), /the request failed|certificate/)
    const gone = createServer()
    const { port: free } = await opened(t, gone)
    await once(gone.close(), 'close')
    for (const name of ['127.0.0.1', 'localhost'])
      t.match(await refusal(`http://${name}:${free}/`), /nobody is listening at that address/)
  })
})

t.test('readFileOf() says what is wrong with a file, and never its name', async (t) => {
  const folder = temporaryFolder(t, { long: 'x'.repeat(65_537), good: 'x'.repeat(65_536) })
  t.equal((await readFileOf('--key', `${folder}/good`)).length, 65_536)
  const fifo = `${folder}/fifo`
  execFileSync('sh', ['-c', 'mkfifo "$0"', fifo])
  const paths: Record<string, [path: string, message: RegExp]> = {
    'a pipe, which nobody may ever write to': [fifo, /it is no file/],
    'a device': ['/dev/zero', /it is no file/],
    'a file that is missing': [`${folder}/hunter2`, /^Cannot read the file of --key: there is/],
    'a folder': [folder, /it is no file, but a folder/],
    'a long file': [`${folder}/long`, /the file of --key: it is longer than 65536 bytes/],
    'a name with a NUL': ['hunter2\0', /the system does not allow it/],
    'an empty name': ['', /there is no such file/],
    'a key in the place of a name': ['-----BEGIN KEY-----\nhunter2', /that is a key\. Write/],
    'a JWK in the place of a name': ['{"kty":"oct","k":"hunter2"}', /that is a key/],
  }
  for (const [what, [path, message]] of Object.entries(paths))
    t.test(what, async (t) => {
      const error = await readFileOf('--key', path).catch((error: unknown) => error)
      t.ok(error instanceof Error)
      t.match(error, { name: 'Problem', message })
      t.notMatch(error instanceof Error && error.message, /hunter2/)
    })
})
