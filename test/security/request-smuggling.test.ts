import t, { type Test } from 'tap'
import { formType, sessionToken, signInForm, testApp } from '../support/fixtures.ts'
import { listening, raw } from '../support/listening.ts'

// S102, S81. RFC 9112 §11.2 (request smuggling), §6.3 (the length of a body), §5.2 (folded lines),
// §3.2 (one Host), RFC 9110 §5.5 (what a field value may hold). Where a proxy and a server disagree
// about where one request ends, the rest of it becomes somebody else's request. So whatever can be
// read in two ways is not read at all: 400, and the connection closes.

/** The session server, and every request that got as far as its handler. */
async function reached(t: Test, bytes: string) {
  const { app } = await testApp()
  const seen: string[] = []
  const { port } = await listening(t, async (req, res) => {
    seen.push(`${req.method} ${req.url}`)
    await app(req, res)
  })
  // raw() gives its answer when the server has closed the connection.
  return { answer: await raw(port, bytes), seen }
}

const smuggled = 'GET /private HTTP/1.1\r\nHost: localhost\r\n\r\n'
const post = 'POST /auth HTTP/1.1\r\nHost: localhost\r\n'
const get = 'GET /private HTTP/1.1\r\n'

const attacks = {
  'a length and chunks (CL.TE)': `${post}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
  'chunks and a length (TE.CL)': `${post}Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n${smuggled}`,
  'two lengths that differ': `${post}Content-Length: 0\r\nContent-Length: ${smuggled.length}\r\n\r\n${smuggled}`,
  'two lengths that agree': `${post}Content-Length: 3\r\nContent-Length: 3\r\n\r\na=1`,
  'a list of lengths': `${post}Content-Length: 3, 3\r\n\r\na=1`,
  'a length with a sign': `${post}Content-Length: +3\r\n\r\na=1`,
  'a length in hexadecimal': `${post}Content-Length: 0x3\r\n\r\na=1`,
  'a length below zero': `${post}Content-Length: -3\r\n\r\na=1`,
  'an encoding that is not the last': `${post}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`,
  'an encoding that only looks like chunked': `${post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`,
  'a chunk whose size is no number': `${post}Transfer-Encoding: chunked\r\n\r\nZ\r\n\r\n`,
  'lines that end in LF alone': 'GET /private HTTP/1.1\nHost: localhost\n\n',
  'a header whose line ends in CR alone': `${get}Host: localhost\rX: y\r\n\r\n`,
  'a header that goes on in the next line (obs-fold)': `${get}Host: localhost\r\nX: y\r\n z\r\n\r\n`,
  'a space before the colon': `${get}Host : localhost\r\n\r\n`,
  'a NUL in a header': `${get}Host: localhost\r\nX: a\0b\r\n\r\n`,
  'a NUL in the path': 'GET /private\0 HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'no Host': `${get}\r\n`,
  'two Hosts': `${get}Host: localhost\r\nHost: evil.example\r\n\r\n`,
  'two Hosts that agree': `${get}Host: localhost\r\nhOST: localhost\r\n\r\n`,
  'two Authorization headers': `${get}Host: localhost\r\nAuthorization: Bearer ${sessionToken()}\r\nauthorization: Bearer other\r\n\r\n`,
  'a second Host behind more headers than node counts': `${get}Host: localhost\r\n${'X:\r\n'.repeat(3000)}Host: evil.example\r\n\r\n`,
  'a version that does not exist': 'GET /private HTTP/9.9\r\nHost: localhost\r\n\r\n',
}

t.test('what can be read in two ways is not read', async (t) => {
  for (const [what, bytes] of Object.entries(attacks)) {
    t.test(`${what}: 400, and the connection closes`, async (t) => {
      const { answer, seen } = await reached(t, bytes)
      t.match(answer, /^HTTP\/1\.1 400 Bad Request\r\n/)
      t.equal(answer.split('HTTP/1.1').length, 2, 'one answer, and none to a second request')
      t.notOk(seen.includes('GET /private'), 'what was smuggled reaches no handler')
    })
  }
})

t.test('what can be read in one way reaches the handler', async (t) => {
  const head = `${post}Connection: close\r\nContent-Type: ${formType['content-type']}\r\n`
  const chunk = `${signInForm.length.toString(16)}\r\n${signInForm}\r\n`
  const fair = {
    'a body with a length': `${head}Content-Length: ${signInForm.length}\r\n\r\n${signInForm}`,
    'a body in chunks': `${head}Transfer-Encoding: chunked\r\n\r\n${chunk}0\r\n\r\n`,
  }
  for (const [what, bytes] of Object.entries(fair)) {
    t.test(what, async (t) => {
      const { answer, seen } = await reached(t, bytes)
      t.match(answer, /^HTTP\/1\.1 200 OK\r\n/)
      t.strictSame(seen, ['POST /auth'])
    })
  }
})
