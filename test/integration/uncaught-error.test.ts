import { once } from 'node:events'
import { join } from 'node:path'
import t from 'tap'
import { temporaryFolder } from '../support/folder.ts'
import { startServer } from '../support/process.ts'
import { signIn, visit } from './client.ts'

// There is no way to make the server throw from outside, so a second module is loaded beside it,
// which throws when a signal says so.

const mistakes = {
  'an error that nobody caught': `throw new TypeError('a mistake')`,
  'a promise that nobody awaited': `Promise.reject(new TypeError('a mistake'))`,
}

for (const [what, mistake] of Object.entries(mistakes)) {
  t.test(`after ${what} the server says so and ends with code 1`, async (t) => {
    const environment = { STORE_URL: `level:${join(temporaryFolder(t), 'data')}` }
    const module = encodeURIComponent(`process.on('SIGUSR2', () => { ${mistake} })`)
    const server = await startServer({
      ...environment,
      NODE_OPTIONS: `--import=data:text/javascript,${module}`,
    })
    t.teardown(() => server.end('SIGKILL'))
    const token = await signIn(server.url)

    const closed = once(server.child, 'close')
    server.child.kill('SIGUSR2')
    t.same(await closed, [1, null])
    t.match(server.output(), /uncaught error {2}reason="TypeError: a mistake"\n$/)
    t.notMatch(server.output(), /^\s+at /m, 'without a stack')

    if (!mistake.startsWith('throw')) return
    const next = await startServer(environment)
    t.teardown(() => next.end('SIGKILL'))
    t.equal(await visit(next.url, token), 200, 'and the next start has all sessions')
  })
}
