import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import t from 'tap'
import { runChecks } from '../../../lessons/checks.ts'
import {
  type Ask,
  type Exchange,
  NoAnswer,
  type Notes,
  noting,
  serving,
} from '../../../lessons/exchange.ts'

/** What comes of one request to a server that answers like this. */
const asking = (handler: RequestListener, ask: Ask = {}) => serving(handler, (send) => send(ask))

t.test('serving()', async (t) => {
  t.test('asks a real server, and gives status, headers and body', async (t) => {
    const answer = await asking(
      async (req, res) => {
        const chunks = await req.toArray()
        res
          .writeHead(201, { allow: 'GET' })
          .end(`${req.method} ${req.url} ${Buffer.concat(chunks)}`)
      },
      { method: 'POST', path: '/auth?a=b', body: 'c=d' },
    )
    t.hasStrict(answer, { status: 201, headers: { allow: 'GET' }, body: 'POST /auth?a=b c=d' })
  })
  t.test('a redirect is an answer', async (t) => {
    const answer = await asking((_, res) => res.writeHead(302, { location: '/home' }).end())
    t.hasStrict(answer, { status: 302, headers: { location: '/home' } })
  })
  t.test('of several cookies, each has a line', async (t) => {
    const long = `token=${'x'.repeat(1000)}`
    const asks = () => asking((_, res) => res.writeHead(200, { 'set-cookie': [long, 'b=2'] }).end())
    const { headers } = await asks()
    t.hasStrict(headers, { 'set-cookie': `${long}\nb=2` })
    const fails = async () => {
      await asks()
      throw new Error('no')
    }
    for await (const { failure } of runChecks({ fails }, {}))
      t.match(failure?.exchange?.answer?.headers['set-cookie'], /^token=x{194}…\nb=2$/)
  })
  t.test('the server is closed afterwards, also when something was thrown', async (t) => {
    let closed: Promise<unknown> = Promise.resolve()
    const failing = serving(
      (req, res) => {
        closed = once(req.socket, 'close')
        res.end()
      },
      async (ask) => {
        await ask({})
        throw new Error('no')
      },
    )
    await t.rejects(failing, { message: 'no' })
    await closed
  })
})

t.test('no answer', async (t) => {
  t.test('within the time: says so', async (t) => {
    const notes: Notes = {}
    const silence = noting(notes, () => asking(() => {}, { path: '/slow', seconds: 0.1 }))
    await t.rejects(silence, new NoAnswer('No answer came within 0.1 seconds'))
    t.same(notes.last, {
      request: { method: 'GET', path: '/slow', headers: {}, body: '' },
    })
  })
  t.test('but a closed connection: says so', async (t) => {
    const closed = asking((req) => req.socket.destroy())
    await t.rejects(closed, new NoAnswer('The connection ended without a whole answer'))
  })
  t.test('but half of one: is none', async (t) => {
    const half = asking((_, res) => {
      res.writeHead(200, { 'content-length': 10 }).write('half')
      res.socket?.end()
    })
    await t.rejects(half, new NoAnswer('The connection ended without a whole answer'))
  })
})

t.test('a check that fails tells its last exchange, and not one of another check', async (t) => {
  const ask = (body: string) => asking((_, res) => res.end(body), { path: '/home' })
  const checks = {
    async asks() {
      await ask('one')
      await ask('x'.repeat(1000))
      throw new Error('no')
    },
    async 'asks nothing'() {
      throw new Error('no')
    },
  }
  const exchanges: (Exchange | undefined)[] = []
  for await (const { failure } of runChecks(checks, {})) exchanges.push(failure?.exchange)
  t.hasStrict(exchanges, [
    {
      request: { method: 'GET', path: '/home' },
      answer: { status: 200, body: `${'x'.repeat(200)}… (1000 characters)` },
    },
    undefined,
  ])
})
