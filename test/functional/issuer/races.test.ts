import t from 'tap'
import { signing } from '../../../example/issuer/key-kinds.ts'
import { createParts } from '../../../example/issuer/parts.ts'
import { Rings } from '../../../example/issuer/rings.ts'
import { openStore } from '../../../example/store/open.ts'
import type { RecordStore } from '../../../example/store/types.ts'
import { outdatedHash, PASSWORD } from '../../support/accounts.ts'
import { administrator, call, namespace, signIn, testIssuer, user } from '../../support/issuer.ts'

// What another does between a look and a write: caused here by a store or a part that lets it happen.

t.test('a grant that ends while its token is exchanged stays ended', async (t) => {
  const server = await testIssuer()
  await user(server, await namespace(server, 'shop'))
  const { refresh_token } = await signIn(server)
  const { store } = server
  const { replace } = store
  store.replace = async (key, ...rest) => {
    store.replace = replace.bind(store)
    const text = (await store.get(key)) ?? ''
    await store.replace(key, text, text.replace('"valid":true', '"valid":false'))
    return await store.replace(key, ...rest)
  }
  const body = { namespace: 'shop', refresh_token }
  t.equal((await call(server, 'POST /token/refresh-access', body)).status, 401)
})

t.test('a password that is changed while its old hash is made anew stays changed', async (t) => {
  const server = await testIssuer()
  const { nsId } = await namespace(server, 'shop')
  const hash = outdatedHash(PASSWORD)
  await server.users.create({ nsId, name: 'ada', hash }, 1)
  const { passwords } = server
  const { verify } = passwords
  passwords.verify = async (...given) => {
    const matches = await verify(...given)
    await server.users.change(nsId, 'ada', (now) => ({ ...now, hash: 'another' }))
    return matches
  }
  const given = { namespace: 'shop', username: 'ada', password: PASSWORD }
  t.equal((await call(server, 'POST /token/refresh', given)).status, 200)
  t.equal((await server.users.find(nsId, 'ada'))?.hash, 'another')
})

t.test('a group of a namespace that is being removed', async (t) => {
  const server = await testIssuer()
  const admin = await administrator(server)
  await namespace(server, 'shop')
  server.namespaces.change = async () => undefined
  t.equal((await admin('groups/add', { namespace: 'shop', name: 'staff' })).status, 404)
})

for (const [path, fields] of [
  ['applications/client-token', {}],
  ['namespaces/change', { public_endpoint: false }],
  ['groups/add', { name: 'ours' }],
] as const)
  t.test(`${path}: a namespace that is made again meanwhile is left alone`, async (t) => {
    const server = await testIssuer()
    const shop = await namespace(server, 'shop')
    const mary = await administrator(server, 'mary', shop.nsId)
    const { change } = server.namespaces
    server.namespaces.change = async (...given) => {
      await server.removeNamespace(shop)
      await namespace(server, 'shop')
      return await change.apply(server.namespaces, given)
    }
    t.equal((await mary(path, { namespace: 'shop', ...fields })).status, 404)
    const after = await server.namespaces.find('shop')
    t.same([after?.isOpen, after?.groups, after?.clientHash], [true, ['staff'], undefined])
  })

t.test('of many who drop one key at once, one has a key made', async (t) => {
  const server = await testIssuer()
  const place = await namespace(server, 'shop')
  let made = 0
  const counted = {
    ...signing,
    async fresh() {
      made += 1
      return await signing.fresh(place)
    },
  }
  const rings = new Rings(server.store, counted)
  const { current } = (await rings.find(place, server.clock.now)) ?? {}
  const drops = Array.from({ length: 20 }, () =>
    rings.drop(place, `${current?.kid}`, server.clock.now),
  )
  const done = (await Promise.all(drops)).filter((keys) => keys !== undefined)
  t.same({ made, done: done.length }, { made: 1, done: 1 }, 'nobody waits behind keys for nothing')
})

t.test('keys of a namespace whose name was taken meanwhile do not stay', async (t) => {
  const server = await testIssuer()
  const { nsId, createdAt: _, ...given } = await namespace(server, 'shop')
  const left: string[] = []
  const { insert, remove } = server.store
  server.store.insert = async (key, ...rest) => {
    if (key.kind === 'ring') left.push(key.owner)
    return await insert.call(server.store, key, ...rest)
  }
  server.store.remove = async (key, ...rest) => {
    if (key.kind === 'ring') left.splice(left.indexOf(key.owner), 1)
    return await remove.call(server.store, key, ...rest)
  }
  t.equal(await server.makeNamespace(given), undefined)
  t.same(left, [])
})

t.test('keys that are rotated by many at once are rotated once', async (t) => {
  const server = await testIssuer()
  const shop = await namespace(server, 'shop')
  const { encryption } = await server.findPlace('shop')
  await Promise.all(Array.from({ length: 20 }, () => server.rotateKeys(shop)))
  const after = await server.findPlace('shop')
  t.equal(after.keys.all.size, 3)
  t.equal([...encryption.all.keys()][1], after.encryption.current.kid, 'the one that was next')
})

t.test('a key that nobody would use is not even made', async (t) => {
  const server = await testIssuer()
  const admin = await administrator(server)
  const shop = await namespace(server, 'shop')
  for (let n = 0; n < 20; n += 1) await server.rotateKeys(shop)
  const retired = [...(await server.findPlace('shop')).keys.all.keys()].at(-1)
  t.equal((await admin('keys/drop', { namespace: 'shop', kid: retired })).status, 200)
  server.signingKeys.rotate = () => Promise.reject(new Error('It did not look before'))
  const full = await admin('keys/rotate', { namespace: 'shop' })
  t.equal(full.status, 409, 'those that encrypt are too many, so those that sign stay, too')
  const again = await server.encryptionKeys.rotate(shop, server.clock.now)
  t.equal(again, undefined, 'nor whoever has looked too early')

  let made = 0
  const counting: typeof signing = {
    ...signing,
    fresh: async (...given) => {
      made += 1
      return await signing.fresh(...given)
    },
  }
  const rings = new Rings(server.store, counting)
  t.equal(await rings.drop(shop, 'none', server.clock.now), undefined)
  t.equal(made, 0)
})

t.test('keys of which half are rotated say so', async (t) => {
  const server = await testIssuer()
  const admin = await administrator(server)
  await namespace(server, 'shop')
  server.encryptionKeys.rotate = async () => undefined // another has rotated them since the look
  const { status, json } = await admin('keys/rotate', { namespace: 'shop' })
  t.equal(status, 409)
  t.equal(
    json.error_description,
    'Cannot rotate the keys again: too many old ones are still needed. Those that sign were rotated, those that encrypt were not',
  )
  const rotated = server.recentEvents().filter(({ event }) => event === 'keys rotated')
  t.match(rotated, [{ by: 'root', use: 'sig' }])
  t.equal(rotated.length, 1)
  server.signingKeys.rotate = async () => undefined
  t.notMatch((await admin('keys/rotate', { namespace: 'shop' })).json.error_description, 'were not')
})

t.test('an administrator who is taken away meanwhile makes no other', async (t) => {
  const server = await testIssuer()
  const admin = await administrator(server, 'root')
  const { hash } = server.passwords
  server.passwords.hash = async (password) => {
    await server.administrators.remove('root')
    return await hash(password)
  }
  const given = { username: 'ghost', password: PASSWORD }
  t.equal((await admin('administrators/add', given)).status, 401)
  t.equal(await server.administrators.find('ghost'), undefined)
})

t.test('a grant that ends in the second in which its token is used', async (t) => {
  const server = await testIssuer()
  await user(server, await namespace(server, 'shop'))
  const { refresh_token } = await signIn(server)
  const place = await server.findPlace('shop')
  const use = { policy: 'noRefresh', by: 'user' } as const
  const holder = await server.useRefreshToken(place, refresh_token, use)
  if (holder === undefined) throw new Error('Its token is good')
  const now = holder.grant.endsAt
  t.equal((await server.tokens.access(place, holder, { seconds: 60, now })).expiresAt, now + 1)
})

t.test('a random id that is taken is an error, and no record of another', async (t) => {
  const store: RecordStore = await openStore('memory:')
  const server = await testIssuer({ store })
  const shop = await namespace(server, 'shop')
  const ada = await user(server, shop)
  store.insert = async () => false
  await t.rejects(server.signingKeys.make(shop, 1), { message: /Cannot make the keys/ })
  const lifetimes = { accessSeconds: 1, refreshSeconds: 1, goesOn: false }
  const grant = { nsId: shop.nsId, ...(ada && { user: ada }), subject: 'ada', ...lifetimes }
  await t.rejects(server.grants.start(grant, 1), { message: /Cannot start the session/ })
})

t.test('without others handed in, passwords are hashed for real', async (t) => {
  const { deps } = await testIssuer()
  const { passwords: _, ...rest } = deps
  t.match(await createParts(rest).passwords.hash('a long phrase'), /^\$argon2id/)
})

t.test('an RSA key that is too old is made once, however many wait for it', async (t) => {
  const server = await testIssuer()
  const shop = await namespace(server, 'shop')
  let made = 0
  const { rotate } = server.signingKeys
  server.signingKeys.rotate = async (...given) => {
    made += 1
    return await rotate.apply(server.signingKeys, given)
  }
  server.clock.now += shop.keySeconds
  await Promise.all(Array.from({ length: 20 }, () => server.findPlace('shop')))
  t.equal(made, 1)
})
