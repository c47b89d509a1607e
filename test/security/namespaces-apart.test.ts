// S75, S76, S29, A78. Two applications on one server: what belongs to the one opens nothing of the other.
import t from 'tap'
import {
  administrator,
  application,
  call,
  namespace,
  signIn,
  testIssuer,
  user,
} from '../support/issuer.ts'

/** Two applications with a user of the same name, and everything that Ada holds at the first. */
async function two() {
  const server = await testIssuer()
  const shop = await namespace(server, 'shop')
  const club = await namespace(server, 'club')
  await user(server, shop)
  await user(server, club)
  return { server, shop, club, ada: await signIn(server, 'shop') }
}

t.test('a token of the one is none at the other', async (t) => {
  const { server, ada } = await two()
  const { refresh_token, token: access_token } = ada
  for (const route of ['access', 'refresh-access'])
    t.equal(
      (await call(server, `POST /token/${route}`, { namespace: 'club', refresh_token })).status,
      401,
    )
  const valid = await call(server, 'POST /token/valid', { namespace: 'club', access_token })
  t.same(valid.json, { valid: false })
  await call(server, 'POST /token/revoke', { namespace: 'club', refresh_token })
  const still = await call(server, 'POST /token/access', { namespace: 'shop', refresh_token })
  t.equal(still.status, 200, 'and is not revoked from there')
})

t.test('not even with the same key: the issuer and the audience are others', async (t) => {
  const { server, shop, club, ada } = await two()
  for (const use of ['sig', 'enc']) {
    const ring = await server.store.get({ kind: 'ring', owner: shop.nsId, id: use })
    const key = { kind: 'ring', owner: club.nsId, id: use }
    const moved = ring?.replace(shop.nsId, club.nsId) ?? ''
    await server.store.replace(key, (await server.store.get(key)) ?? '', moved)
  }
  const given = { namespace: 'club', access_token: ada.token }
  t.same((await call(server, 'POST /token/valid', given)).json, { valid: false })
  const body = { namespace: 'club', refresh_token: ada.refresh_token }
  t.equal((await call(server, 'POST /token/access', body)).status, 401)
})

t.test('a record that was put in the place of another is not believed', async (t) => {
  const { server, shop, club } = await two()
  for (const [kind, id] of [
    ['ring', 'sig'],
    ['ring', 'enc'],
    ['member', 'ada'],
  ] as const) {
    const theirs = await server.store.get({ kind, owner: shop.nsId, id })
    const key = { kind, owner: club.nsId, id }
    const ours = (await server.store.get(key)) ?? ''
    await server.store.replace(key, ours, theirs ?? '')
    const body = { namespace: 'club', username: 'ada', password: 'correct-horse-battery' }
    t.ok(
      [401, 404].includes((await call(server, 'POST /token/refresh', body)).status),
      `${kind} ${id}`,
    )
    await server.store.replace(key, theirs ?? '', ours)
  }
})

t.test('the client token of the one does nothing at the other', async (t) => {
  const { server } = await two()
  const robot = await application(server, 'robot')
  const other = await application(server, 'other')
  const { refresh_token } = (await robot('POST /issue_token', {})).json
  t.equal((await robot('POST /issue_token', { kid: 'other' })).status, 401)
  t.equal((await robot('POST /issue_token', { kid: 'shop' })).status, 401)
  t.equal((await other('POST /renew_token', { refresh_token })).status, 401)
  await other('POST /revoke_token', { refresh_token })
  t.equal((await robot('POST /renew_token', { refresh_token })).status, 201)
})

t.test('their administrators see and change nothing of each other', async (t) => {
  const { server, shop, club, ada } = await two()
  const mary = await administrator(server, 'mary', club.nsId)
  for (const path of ['users/all', 'keys/all', 'keys/secret', 'sessions/all', 'namespaces/info'])
    t.equal((await mary(path, { namespace: 'shop' })).status, 403, path)
  t.equal((await mary('users/delete', { namespace: 'shop', username: 'ada' })).status, 403)
  t.equal((await mary('users/delete', { namespace: 'club', username: 'ada' })).status, 200)
  t.ok(await server.users.find(shop.nsId, 'ada'), 'who has the same name there')
  const body = { namespace: 'shop', refresh_token: ada.refresh_token }
  t.equal((await call(server, 'POST /token/access', body)).status, 200)
})

t.test('names that look like another, or like a path, are none', async (t) => {
  const { server } = await two()
  for (const name of [
    'Shop',
    'shop ',
    ' shop',
    'shop\n',
    'shop/',
    'shop:ada',
    'shop%3Aada',
    '../shop',
    'ѕhop',
    'shop\u200b',
    '__proto__',
    'constructor',
    '',
    'all',
    '*',
    'sh',
    's'.repeat(65),
  ]) {
    const body = { namespace: name, username: 'ada', password: 'correct-horse-battery' }
    t.ok(
      [400, 404].includes((await call(server, 'POST /token/refresh', body)).status),
      JSON.stringify(name),
    )
  }
})
