// Whoever read the log has left, or its disk is full. Nobody's session may end with that.
import t from 'tap'
import { startServer } from '../support/process.ts'

t.test('a server whose log nobody takes any more goes on answering', async (t) => {
  const server = await startServer({ STORE_URL: 'memory:', LOG_LEVEL: 'info' })
  t.teardown(() => server.end('SIGKILL'))
  server.child.stdout?.destroy()
  for (let count = 0; count < 5; count += 1)
    t.equal((await fetch(`${server.url}/home`)).status, 200)
  t.equal(await server.end(), 0, 'and it stops as it should')
})
