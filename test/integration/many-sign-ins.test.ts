import { join } from 'node:path'
import t from 'tap'
import { openStore } from '../../example/store/open.ts'
import { decode } from '../../example/token/decode.ts'
import { testApp } from '../support/fixtures.ts'
import { temporaryFolder } from '../support/folder.ts'
import { listening } from '../support/listening.ts'
import { signIn, signOut, visit } from './client.ts'

// The original took its ids from the clock: forty sign-ins in one moment got 28 ids between them,
// and strangers shared a session. Here the clock stands still, and everybody has one of their own.

t.test('200 sign-ins in one second', async (t) => {
  const store = await openStore(`level:${join(temporaryFolder(t), 'data')}`)
  t.teardown(() => store.close())
  const room = { SIGN_INS_PER_MINUTE: '1000', SESSIONS_PER_USER: '0' }
  const { app } = await testApp({ store, environment: room })
  const { url } = await listening(t, app)

  const tokens = await Promise.all(Array.from({ length: 200 }, () => signIn(url)))

  t.test('get 200 tokens with 200 ids', async (t) => {
    t.equal(new Set(tokens).size, 200)
    t.equal(new Set(tokens.map((token) => decode(token).claims?.jti)).size, 200)
  })

  t.test('and all of them work', async (t) => {
    const statuses = await Promise.all(tokens.map((token) => visit(url, token)))
    t.same(new Set(statuses), new Set([200]))
  })

  t.test('one signs out, and the other 199 stay', async (t) => {
    const [first = '', ...others] = tokens
    t.equal(await signOut(url, first), 200)
    t.equal(await visit(url, first), 401)
    const statuses = await Promise.all(others.map((token) => visit(url, token)))
    t.same(new Set(statuses), new Set([200]))
  })
})
