// S99, S13: each of these has ended a simple node server with one packet. Ours answers, and lives.
import { connect } from 'node:net'
import t from 'tap'
import { appOfAda, forge, sessionToken } from '../support/fixtures.ts'
import { listening, raw } from '../support/listening.ts'

async function start(t: Parameters<typeof listening>[0]) {
  const { app, events } = await appOfAda()
  const { port, url } = await listening(t, app)
  return { port, events, alive: async () => (await fetch(`${url}/home`)).status === 200 }
}

const get = (target: string, ...headers: string[]) =>
  Buffer.from([`GET ${target} HTTP/1.1`, ...common, ...headers, '', ''].join('\r\n'))
const post = (target: string, type: string, body: string, ...headers: string[]) => {
  const length = `Content-Length: ${Buffer.byteLength(body)}`
  const lines = [`POST ${target} HTTP/1.1`, ...common, type, length, ...headers, '', body]
  return Buffer.from(lines.join('\r\n'))
}
const common = ['Host: localhost', 'Connection: close']
const form = 'Content-Type: application/x-www-form-urlencoded'
const json = 'Content-Type: application/json'

const notJson = forge('Hello')
const [header, , signature] = notJson.split('.')

const packets: Array<[what: string, packet: Buffer, status: number]> = [
  ['GET //, which new URL() cannot read', get('//'), 404],
  ['GET /%ff, which decodeURIComponent() cannot', get('/%ff'), 404],
  ['GET /%, too', get('/%'), 404],
  [
    'CR and LF as a user name',
    post('/auth', form, 'username=a%0d%0aSet-Cookie:%20b&password='),
    401,
  ],
  ['CR and LF in the URL', get('/%0d%0aSet-Cookie:%20a=b'), 404],
  ['an emoji as a user name', post('/auth', form, 'username=%F0%9F%98%80&password=x'), 401],
  ['an emoji in a header', get('/private', 'User-Agent: \u{1f600}'), 401],
  ['an emoji as the origin', post('/auth', form, '', 'Origin: \u{1f600}'), 403],
  ['an emoji as a token', get('/private', 'Authorization: Bearer \u{1f600}'), 401],
  ['bad JSON', post('/auth', json, '{"username":'), 400],
  ['JSON null', post('/auth', json, 'null'), 400],
  ['a JSON that breaks String()', post('/auth', json, '{"username":{"toString":1}}'), 401],
  ['a token whose payload is no JSON', get('/private', `Authorization: ${notJson}`), 401],
  ['the same without its signature', get('/private', `Authorization: ${header}.SGVsbG8.`), 401],
  ['the same, taken apart by /inspect', post('/inspect', form, `token=${notJson}`), 200],
  ['a payload of null', get('/private', `Authorization: ${forge('null')}`), 401],
  ['a signature of three bytes', get('/private', `Authorization: ${header}.e30.AAAA`), 401],
  ['a header of null', get('/private', `Authorization: bnVsbA.e30.${signature}`), 401],
  ['a jti that is an object', get('/private', `Authorization: ${sessionToken({ jti: {} })}`), 401],
  [
    'a jti with the separator',
    get('/private', `Authorization: ${sessionToken({ jti: 'a:b' })}`),
    401,
  ],
  ['a cookie without a name', get('/private', 'Cookie: =; =;;'), 401],
  ['a length that is no number', get('/home', 'Content-Length: abc'), 400],
  ['an expectation', get('/home', 'Expect: the-impossible'), 200],
]

for (const [what, packet, status] of packets) {
  t.test(`${what}: ${status}`, async (t) => {
    const { port, alive, events } = await start(t)
    const answer = await raw(port, packet)
    t.equal(Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1]), status)
    const [head = ''] = answer.split('\r\n\r\n')
    t.notOk(/^set-cookie:/im.test(head), 'no header that the packet asked for')
    t.notOk(
      events.some(({ level }) => level === 'error'),
      'not an error of ours',
    )
    t.ok(await alive(), 'the server answers the next one')
  })
}

const halfBodies: Record<string, string> = {
  'with a length': 'Content-Length: 100\r\n\r\nusername=a',
  'in chunks': 'Transfer-Encoding: chunked\r\n\r\n5\r\nusern',
}

for (const [what, rest] of Object.entries(halfBodies)) {
  for (const leave of ['end', 'resetAndDestroy'] as const) {
    t.test(`a body ${what} that is left half-way by ${leave}()`, async (t) => {
      const { port, alive, events } = await start(t)
      await new Promise<void>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => {
          socket.write(`POST /auth HTTP/1.1\r\nHost: localhost\r\n${form}\r\n${rest}`)
          socket.resume()
          socket.on('close', () => resolve())
          setImmediate(() => socket[leave]())
        })
      })
      t.ok(await alive(), 'the server answers the next one')
      t.notOk(
        events.some(({ level }) => level === 'error'),
        'not an error of ours',
      )
    })
  }
}

t.test('nothing at all, and then good-bye', async (t) => {
  const { port, alive } = await start(t)
  await new Promise<void>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.destroy())
    socket.on('close', () => resolve())
  })
  t.ok(await alive())
})
