// S100, S101: a path is compared letter by letter and a method has to be on the list, so that two
// readers of one URL (a proxy and this server) never see two things.
import t from 'tap'
import { appOfAda, sessionToken } from '../support/fixtures.ts'
import { listening, raw } from '../support/listening.ts'

async function start(t: Parameters<typeof listening>[0]) {
  const { app } = await appOfAda()
  const { port } = await listening(t, app)
  return (requestLine: string, ...headers: string[]) => {
    const lines = [requestLine, 'Host: localhost', 'Connection: close', ...headers, '', '']
    return raw(port, lines.join('\r\n'))
  }
}

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? 0)
const authorization = `Authorization: Bearer ${sessionToken()}`

const targets: Record<string, number> = {
  '/private': 200,
  '/private?': 200,
  '/private?a=b&c=/../x': 200,
  '/private/': 404,
  '//private': 404,
  '///private': 404,
  '/./private': 404,
  '/x/../private': 404,
  '/..;/private': 404,
  '/private/.': 404,
  '/private/..': 404,
  '/private;a=b': 404,
  '/private.html': 404,
  '/PRIVATE': 404,
  '/Private': 404,
  '/%70rivate': 404,
  '/privat%65': 404,
  '/%2e/private': 404,
  '/private%00': 404,
  '/private%20': 404,
  '/private%3f': 404,
  '/private%2f': 404,
  '\\private': 400,
  '/\\private': 404,
  private: 400,
  '?/private': 400,
  '*': 404,
  '/constructor': 404,
  '/__proto__': 404,
  '/toString': 404,
  'http://localhost/private': 404,
  'http://evil.example/private': 404,
  '/style.css/../../server.ts': 404,
  '/../../../etc/passwd': 404,
  '/private#x': 404,
  '/private\u00e9': 400,
}

t.test('even for ada, who may see /private, there is one way to write it', async (t) => {
  const ask = await start(t)
  for (const [target, status] of Object.entries(targets))
    t.equal(statusOf(await ask(`GET ${target} HTTP/1.1`, authorization)), status, target)
})

t.test('without a token no spelling shows what is private', async (t) => {
  const ask = await start(t)
  for (const target of Object.keys(targets)) {
    const answer = await ask(`GET ${target} HTTP/1.1`)
    t.ok([400, 401, 404].includes(statusOf(answer)), target)
    t.notOk(answer.includes('Welcome'))
  }
})

const allowed: Record<string, string> = {
  '/': 'GET, HEAD',
  '/home': 'GET, HEAD',
  '/auth': 'GET, HEAD, POST',
  '/private': 'GET, HEAD',
  '/inspect': 'GET, HEAD, POST',
  '/health': 'GET, HEAD',
  '/style.css': 'GET, HEAD',
  '/favicon.svg': 'GET, HEAD',
}
const others = ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'LOCK', 'PURGE', 'QUERY']

t.test('another method: 405, and Allow says which there are', async (t) => {
  const ask = await start(t)
  for (const [path, allow] of Object.entries(allowed)) {
    const methods = allow.includes('POST') ? others : [...others, 'POST']
    for (const method of methods) {
      const answer = await ask(`${method} ${path} HTTP/1.1`, authorization, 'X-Secret: echo')
      t.equal(statusOf(answer), 405, `${method} ${path}`)
      t.equal(/^allow: (.*)\r$/im.exec(answer)?.[1], allow)
      t.notOk(answer.includes('echo'), 'TRACE shows nobody the headers of a request')
    }
  }
})

const notMethods: Record<string, string> = {
  'a method that nobody knows': 'FETCH /private HTTP/1.1',
  'a method in small letters': 'get /private HTTP/1.1',
  'a method of a prototype': 'constructor /private HTTP/1.1',
  'HTTP/2 in clear text': 'PRI * HTTP/2.0',
  'no path': 'GET HTTP/1.1',
}

t.test('what is not a request of HTTP/1.1: 400', async (t) => {
  const ask = await start(t)
  for (const [what, line] of Object.entries(notMethods))
    t.equal(statusOf(await ask(line, authorization)), 400, what)
})

t.test('nobody can use the server as a proxy or leave HTTP', async (t) => {
  const ask = await start(t)
  t.equal(await ask('CONNECT evil.example:443 HTTP/1.1'), '', 'CONNECT: the line is cut')
  const upgrade = ['Upgrade: websocket', 'Connection: upgrade, close']
  t.equal(statusOf(await ask('GET /private HTTP/1.1', ...upgrade)), 401, 'no upgrade')
})

t.test('HEAD has the status and the headers of GET, and no body', async (t) => {
  const ask = await start(t)
  const withoutDate = (head: string) => head.replace(/^date: .*$/im, '')
  for (const path of [...Object.keys(allowed), '/nowhere']) {
    for (const headers of [[], [authorization]]) {
      const [head, body] = (await ask(`HEAD ${path} HTTP/1.1`, ...headers)).split('\r\n\r\n')
      const [getHead, getBody] = (await ask(`GET ${path} HTTP/1.1`, ...headers)).split('\r\n\r\n')
      t.equal(withoutDate(head ?? ''), withoutDate(getHead ?? ''), path)
      t.equal(body, '')
      t.not(getBody, '')
    }
  }
})

t.test('a GET with a body: 400', async (t) => {
  const ask = await start(t)
  t.equal(statusOf(await ask('GET /private HTTP/1.1', authorization, 'Content-Length: 1')), 400)
  t.equal(statusOf(await ask('GET /home HTTP/1.1', 'Transfer-Encoding: chunked')), 400)
})
