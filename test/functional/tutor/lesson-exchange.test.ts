import { once } from 'node:events'
import t from 'tap'
import { runChecks } from '../../../lessons/checks.ts'
import { type Exchange, NoAnswer, type Notes, noting, serving } from '../../../lessons/exchange.ts'

t.test('serving()', async (t) => {
  t.test('asks a real server, and gives status, headers and body', async (t) => {
    const answer = await serving(
      async (req, res) => {
        const chunks = await req.toArray()
        res
          .writeHead(201, { allow: 'GET' })
          .end(`${req.method} ${req.url} ${Buffer.concat(chunks)}`)
      },
      (ask) => ask({ method: 'POST', path: '/auth?a=b', body: 'c=d' }),
    )
    t.hasStrict(answer, { status: 201, headers: { allow: 'GET' }, body: 'POST /auth?a=b c=d' })
  })
  t.test('a redirect is an answer', async (t) => {
    const answer = await serving(
      (_, res) => void res.writeHead(302, { location: '/home' }).end(),
      (ask) => ask({}),
    )
    t.hasStrict(answer, { status: 302, headers: { location: '/home' } })
  })
  t.test('of several cookies, each has a line', async (t) => {
    const long = `token=${'x'.repeat(1000)}`
    const asks = () =>
      serving(
        (_, res) => void res.writeHead(200, { 'set-cookie': [long, 'b=2'] }).end(),
        (ask) => ask({}),
      )
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
    const asking = serving(
      (req, res) => {
        closed = once(req.socket, 'close')
        res.end()
      },
      async (ask) => {
        await ask({})
        throw new Error('no')
      },
    )
    await t.rejects(asking, { message: 'no' })
    await closed
  })
})

t.test('no answer', async (t) => {
  t.test('within the time: says so', async (t) => {
    const notes: Notes = {}
    const asking = noting(notes, () =>
      serving(
        () => {},
        (ask) => ask({ path: '/slow', seconds: 0.1 }),
      ),
    )
    await t.rejects(asking, new NoAnswer('No answer came within 0.1 seconds'))
    t.same(notes.last, {
      request: { method: 'GET', path: '/slow', headers: {}, body: '' },
    })
  })
  t.test('but a closed connection: says so', async (t) => {
    const asking = serving(
      (req) => void req.socket.destroy(),
      (ask) => ask({}),
    )
    await t.rejects(asking, new NoAnswer('The connection ended without a whole answer'))
  })
  t.test('but half of one: is none', async (t) => {
    const asking = serving(
      (_, res) => {
        res.writeHead(200, { 'content-length': 10 }).write('half')
        res.socket?.end()
      },
      (ask) => ask({}),
    )
    await t.rejects(asking, new NoAnswer('The connection ended without a whole answer'))
  })
})

t.test('a check that fails tells its last exchange, and not one of another check', async (t) => {
  const ask = (body: string) =>
    serving(
      (_, res) => void res.end(body),
      (ask) => ask({ path: '/home' }),
    )
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
