// With NODE_USE_ENV_PROXY, Node from 24 on sends its requests to the proxy that the environment names. Older
// ones know no such thing: there, what is told to Node is looked at, and the demonstration works as ever.

import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import t from 'tap'

const root = fileURLToPath(new URL('../../', import.meta.url))
const { PATH = '', HOME = '' } = process.env
const nowhere = 'http://127.0.0.1:9'
const proxies = { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: nowhere, http_proxy: nowhere }

function run(args: readonly string[], environment: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { PATH, HOME, ...environment }
    const options = { cwd: root, env }
    execFile(
      process.execPath,
      ['--import=./example/typescript.mjs', ...args],
      options,
      (error, out) => (error === null ? resolve(out) : reject(error)),
    )
  })
}

t.test('what this machine asks of itself goes through no proxy', async (t) => {
  const ours = 'localhost,127.0.0.1,::1,[::1]'
  const script = 'process.env.no_proxy ?? process.env.NO_PROXY'
  t.equal(await run(['-p', script], {}), `${ours}\n`)
  t.equal(await run(['-p', script], { NO_PROXY: 'a.example' }), `a.example,${ours}\n`)
  const both = { NO_PROXY: 'a.example', no_proxy: 'b.example' }
  t.equal(await run(['-p', script], both), `b.example,${ours}\n`, 'Node reads small letters first')
})

t.test('a lesson that asks its own server is answered by it', async (t) => {
  t.match(await run(['tutor/learn.ts', 'demo', '5'], proxies), /< 200 {2}/)
})
