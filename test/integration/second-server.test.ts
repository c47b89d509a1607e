import t from 'tap'
import { temporaryFolder } from '../support/folder.ts'
import { runServer, startServer } from '../support/process.ts'

// The room that every server shares is one if twenty lines make a server of it: test/support/second-server.ts.
const file = new URL('../support/second-server.ts', import.meta.url)

t.test('a server of twenty lines', async (t) => {
  t.test('answers, and stops cleanly', async (t) => {
    const STORE_URL = `level:${temporaryFolder(t)}/data`
    const server = await startServer({ STORE_URL }, { file })
    t.teardown(() => server.end('SIGKILL'))
    const res = await fetch(`${server.url}/health`)
    t.equal(res.status, 200)
    t.same(await res.json(), { status: 'ok', store: 'level' })
    t.equal(await server.end('SIGTERM'), 0)
    t.match(server.output(), /stopping/)
  })

  t.test('refuses wrong settings, all at once and by name', async (t) => {
    const { code, output } = await runServer({ PORT: 'x', WORKERS: '2', JWT_SECRT: 'a' }, { file })
    t.equal(code, 1)
    t.equal(output, 'Cannot start with these settings:\n  PORT: must be a whole number\n')
  })
})
