// S30, S112. A rotation is one write: a server that is killed in the middle of one leaves a ring that is whole, and every token
// that it gave out is still proven.
import { join } from 'node:path'
import t from 'tap'
import { readConfig } from '../../example/issuer/config.ts'
import { openSealed } from '../../example/issuer/open-sealed.ts'
import { createPasswords } from '../../example/password/hash.ts'
import { openStore } from '../../example/store/open.ts'
import { PASSWORD } from '../support/accounts.ts'
import { temporaryFolder } from '../support/folder.ts'
import { administrator, call, namespace, signIn, testIssuer, user } from '../support/issuer.ts'
import { issuerServer, startServer } from '../support/process.ts'
import { overHttp } from './over-http.ts'

t.test('killed while it rotates', async (t) => {
  const STORE_URL = `level:${join(temporaryFolder(t), 'data')}`
  const environment = { STORE_URL, ISSUER_PASSWORD: 'of-the-store-for-tests-4hG', PORT: '0' }
  /** The same issuer in this process, while no other has its files. */
  const inside = async () => {
    const files = await openStore(STORE_URL)
    const cheap = { N: 2 ** 10, r: 8, p: 1 }
    const store = await openSealed(files, readConfig(environment), () => {}, cheap)
    const server = await testIssuer({ store, passwords: createPasswords(), environment })
    server.clock.now = Math.floor(Date.now() / 1000)
    return { ...server, close: () => files.close() }
  }
  const before = await inside()
  await administrator(before, 'root')
  await user(before, await namespace(before, 'shop'))
  const { token: first } = await signIn(before)
  await before.close()

  const killed = await startServer(environment, { file: issuerServer })
  t.teardown(() => killed.end('SIGKILL'))
  const remote = overHttp(killed.url)
  const root = { username: 'root', password: PASSWORD }
  const { token } = (await call(remote, 'POST /admin/login', root)).json
  const headers = { authorization: `Bearer ${token}` }
  const rotate = () => call(remote, 'POST /admin/keys/rotate', { namespace: 'shop' }, { headers })
  t.equal((await rotate()).status, 200)
  const { token: last } = await signIn(remote)
  let answered = 1
  for (; answered < 4; answered += 1) t.equal((await rotate()).status, 200)
  const underWay = rotate().catch(() => undefined)
  killed.child.kill('SIGKILL')
  await underWay
  await killed.end('SIGKILL')

  const after = await inside()
  t.teardown(() => after.close())
  const { keys, encryption } = await after.findPlace('shop')
  const retired = keys.all.size - 2
  t.ok(
    retired >= answered && retired <= answered + 1,
    `${answered} were answered, ${retired} were written`,
  )
  t.ok(encryption.all.size - 2 <= retired && encryption.all.size - 2 >= answered)
  for (const access_token of [first, last]) {
    const { json } = await call(after, 'POST /token/valid', { namespace: 'shop', access_token })
    t.same(json, { valid: true })
  }
  t.ok((await signIn(after)).token, 'and it goes on')
})
