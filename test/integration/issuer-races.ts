import { createSecretKey, randomBytes } from 'node:crypto'
import type { Test } from 'tap'
import { sealed } from '../../example/store/sealed.ts'
import type { RecordStore } from '../../example/store/types.ts'
import { call, namespace, signIn, testIssuer, user } from '../support/issuer.ts'
import { countOf } from './on-cluster.ts'

const racers = 50

/** Two issuers on one sealed store, and everything at once. */
export async function issuerRaces(t: Test, one: RecordStore, other: RecordStore): Promise<void> {
  const dataKey = createSecretKey(randomBytes(32))
  const environment = { SIGN_INS_PER_MINUTE: '1000', FAILED_SIGN_INS_PER_MINUTE: '1000' }
  const here = await testIssuer({ store: sealed(one, dataKey), environment })
  const there = await testIssuer({ store: sealed(other, dataKey), environment })
  const atOnce = <T>(ask: (server: typeof here, at: number) => Promise<T>) =>
    Promise.all(Array.from({ length: racers }, (_, at) => ask(at % 2 === 0 ? here : there, at)))
  const shop = await namespace(here, 'shop')
  await user(here, shop)

  t.test('one refresh token, exchanged by all at once, has one successor', async (t) => {
    const { refresh_token } = await signIn(here)
    const body = { namespace: 'shop', refresh_token }
    const answers = await atOnce((server) => call(server, 'POST /token/refresh-access', body))
    t.same(countOf(answers.map(({ status }) => status)), { 200: racers })
    for (const { json } of answers.slice(0, 2)) {
      const next = { namespace: 'shop', refresh_token: json.refresh_token }
      t.equal((await call(there, 'POST /token/access', next)).status, 200)
    }
    here.clock.now += 11
    there.clock.now += 11
    t.equal((await call(here, 'POST /token/access', body)).status, 401)
    const [next] = answers
    const stolen = { namespace: 'shop', refresh_token: next?.json.refresh_token }
    t.equal((await call(there, 'POST /token/access', stolen)).status, 401, 'and all of it is over')
  })

  t.test('a name of a namespace, of a user and of an administrator is given once', async (t) => {
    const made = await atOnce((server) => namespace(server, 'club').catch(() => undefined))
    t.equal(made.filter(Boolean).length, 1)
    const users = await atOnce((server) => user(server, shop, 'bob'))
    t.equal(users.filter(Boolean).length, 1)
    const root = { name: 'root', hash: '', nsId: undefined }
    const all = await atOnce(({ administrators }) => administrators.create(root, 1))
    t.equal(all.filter(Boolean).length, 1)
  })

  t.test(
    'keys that are too old are rotated once, and no token of that moment is refused',
    async (t) => {
      const before = await here.findPlace('shop')
      here.clock.now += shop.keySeconds
      there.clock.now += shop.keySeconds
      const tokens = await atOnce(async (server) => (await signIn(server)).token)
      const after = await there.findPlace('shop')
      t.equal(after.keys.all.size, 3, 'the one before, the one that signs, and the next')
      t.ok(after.keys.all.has(before.keys.current.kid))
      for (const access_token of tokens) {
        const { json } = await call(there, 'POST /token/valid', { namespace: 'shop', access_token })
        t.same(json, { valid: true })
      }
    },
  )

  t.test('rotations by hand while others sign in: not one is refused', async (t) => {
    const answers = await atOnce(async (server, at) => {
      if (at % 10 === 0) await server.rotateKeys((await server.findPlace('shop')).namespace)
      const { refresh_token } = await signIn(server)
      return await call(server, 'POST /token/access', { namespace: 'shop', refresh_token })
    })
    t.same(countOf(answers.map(({ status }) => status)), { 200: racers })
  })
}
