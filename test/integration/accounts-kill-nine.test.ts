// S57. A server that dies between the write and the answer leaves one refresh token that is good, and no second.
import { join } from 'node:path'
import t from 'tap'
import { openStore } from '../../example/store/open.ts'
import { decode } from '../../example/token/decode.ts'
import { call, PASSWORD, refresh, signIn, testAccounts } from '../support/accounts.ts'
import { temporaryFolder } from '../support/folder.ts'
import { accountsServer, startServer } from '../support/process.ts'
import { overHttp } from './over-http.ts'

// A second module in its process: where the answer to a refresh would begin, there is nobody left to send it.
const module = `
import { ServerResponse } from 'node:http'
const { writeHead } = ServerResponse.prototype
ServerResponse.prototype.writeHead = function (...head) {
  if (this.req.url === '/refresh') process.kill(process.pid, 'SIGKILL')
  return writeHead.apply(this, head)
}`

t.test('killed before it could answer', async (t) => {
  const url = `level:${join(temporaryFolder(t), 'data')}`
  const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(module)}`
  const place = { file: accountsServer }
  const killed = await startServer({ STORE_URL: url, NODE_OPTIONS }, place)
  t.teardown(() => killed.end('SIGKILL'))
  const remote = overHttp(killed.url)
  const body = { username: 'ada', password: PASSWORD }
  t.equal((await call(remote, 'POST /signup', { body })).status, 201)
  const first = await signIn(remote)
  await t.rejects(refresh(remote, first.refresh_token))
  await killed.end('SIGKILL')
  t.equal(killed.child.signalCode, 'SIGKILL')

  const store = await openStore(url)
  t.teardown(() => store.close())
  const server = await testAccounts({ store })
  server.clock.now = Math.floor(Date.now() / 1000)
  const [family] = await server.families.allOf('ada')

  t.test('the exchange was written before the answer', async (t) => {
    t.equal(family?.previous, decode(first.refresh_token).claims?.jti)
    t.same(
      family?.trail.map(({ outcome }) => outcome),
      ['rotated'],
    )
  })

  t.test('the client asks again, and gets that successor, which is the only one', async (t) => {
    const second = await refresh(server, first.refresh_token)
    t.equal(second.status, 200)
    t.equal(decode(second.refresh_token).claims?.jti, family?.current)
    t.equal((await refresh(server, second.refresh_token)).status, 200)
    t.equal((await refresh(server, first.refresh_token)).status, 401)
    t.equal((await refresh(server, second.refresh_token)).status, 401, 'now it is a theft')
  })
})
