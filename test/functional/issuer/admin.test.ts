import t from 'tap'
import { adminRoutes } from '../../../example/issuer/admin-routes.ts'
import { PASSWORD } from '../../support/accounts.ts'
import {
  administrator,
  application,
  call,
  namespace,
  signIn,
  testIssuer,
  user,
} from '../../support/issuer.ts'

t.test('an administrator makes an application, its groups and its users', async (t) => {
  const server = await testIssuer()
  const admin = await administrator(server)
  const wishes = { name: 'shop', public_endpoint: true, sig_alg: 'HS256', refresh_ttl: '7d' }
  const made = await admin('namespaces/add', wishes)
  t.equal(made.status, 200)
  t.same(made.json, {
    name: 'shop',
    alg: 'HS256',
    enc_alg: 'ECDH-ES+A256KW',
    cont_enc: 'A256GCM',
    max_access_ttl: 900,
    max_refresh_ttl: 604_800,
    key_life: 15_552_000,
    refresh_strategy: 'noRefresh',
    public_endpoint: true,
    groups: [],
    organisations: [],
    has_client_token: false,
    created_at: server.clock.now,
  })
  t.equal((await admin('namespaces/add', wishes)).status, 409)
  await admin('groups/add', { namespace: 'shop', name: 'staff' })
  await admin('organisations/add', { namespace: 'shop', name: 'acme' })
  const ada = {
    namespace: 'shop',
    username: 'Ada',
    password: PASSWORD,
    groups: ['staff', 'staff'],
    organisations: ['acme'],
  }
  t.same((await admin('users/add', ada)).json, {
    username: 'Ada',
    enabled: true,
    groups: ['staff'],
    organisations: ['acme'],
    created_at: server.clock.now,
  })
  t.equal((await admin('users/add', { ...ada, username: 'ADA' })).status, 409)
  t.ok((await signIn(server, 'shop', 'ada')).token)
  await admin('groups/delete', { namespace: 'shop', name: 'staff' })
  const { json } = await admin('organisations/delete', { namespace: 'shop', name: 'acme' })
  t.same([json.groups, json.organisations], [[], []])
})

t.test('what is taken away counts at once', async (t) => {
  const server = await testIssuer()
  const admin = await administrator(server)
  const shop = await namespace(server, 'shop')
  await user(server, shop)
  const access = async (refresh_token: string) =>
    (await call(server, 'POST /token/access', { namespace: 'shop', refresh_token })).status
  const ada = { namespace: 'shop', username: 'ada' }
  const changes: Array<[path: string, fields: object]> = [
    ['users/change', { enabled: false }],
    ['users/change', { password: 'another-long-phrase' }],
    ['sessions/end', {}],
  ]
  for (const [path, fields] of changes) {
    await admin('users/change', { ...ada, enabled: true, password: PASSWORD })
    const { refresh_token } = await signIn(server)
    t.equal(await access(refresh_token), 200)
    t.equal((await admin(path, { ...ada, ...fields })).status, 200)
    t.equal(await access(refresh_token), 401, JSON.stringify(fields))
  }
  await admin('users/change', { ...ada, enabled: true, password: PASSWORD })
  const { refresh_token } = await signIn(server)
  await admin('users/change', { ...ada, groups: ['staff'] })
  t.equal(await access(refresh_token), 200, 'a group ends nothing')
  t.equal((await admin('users/delete', ada)).status, 200)
  t.equal((await admin('users/delete', ada)).status, 404)
  t.equal(await access(refresh_token), 401)
  await user(server, shop)
  t.equal(await access(refresh_token), 401, 'a name that is taken again revives nothing')
})

t.test('sessions are listed and ended one by one, those of the application too', async (t) => {
  const server = await testIssuer()
  const admin = await administrator(server)
  const ask = await application(server, 'shop')
  const place = await server.findPlace('shop')
  await server.namespaces.change(place.namespace, (now) => ({ ...now, isOpen: true }))
  await user(server, place.namespace)
  await signIn(server)
  await ask('POST /issue_token', { claims: { sub: 'bob' } })
  const ada = { namespace: 'shop', username: 'ada' }
  const { sessions } = (await admin('sessions/all', ada)).json
  t.hasStrict(sessions, [{ subject: 'ada', refreshed_at: server.clock.now }])
  await admin('sessions/end', { ...ada, id: sessions[0].id })
  t.same((await admin('sessions/all', ada)).json, { sessions: [] })
  const all = async () => (await admin('sessions/all', { namespace: 'shop' })).json.sessions
  const own = await all()
  t.hasStrict(own, [{ subject: 'bob' }])
  await admin('sessions/end', { namespace: 'shop', id: own[0].id })
  t.same(await all(), [])
  const { nsId } = place.namespace
  const one = { nsId, subject: 'bob', accessSeconds: 60, refreshSeconds: 3600, goesOn: false }
  for (let n = 0; n < 201; n += 1) await server.grants.start(one, server.clock.now)
  t.equal((await all()).length, 200, 'and no more than can be looked at')
})

t.test(
  'a namespace that is removed takes all of its tokens along, and its name is free',
  async (t) => {
    const server = await testIssuer()
    const admin = await administrator(server)
    await user(server, await namespace(server, 'shop'))
    const { refresh_token } = await signIn(server)
    t.same((await admin('namespaces/delete', { namespace: 'shop' })).json, { removed: 'shop' })
    t.equal((await admin('namespaces/info', { namespace: 'shop' })).status, 404)
    await user(server, await namespace(server, 'shop'))
    const old = await call(server, 'POST /token/access', { namespace: 'shop', refresh_token })
    t.equal(old.status, 401)
    t.ok((await signIn(server)).token)
  },
)

t.test('its limits are changed, and stay in order', async (t) => {
  const server = await testIssuer()
  const admin = await administrator(server)
  await namespace(server, 'shop')
  const change = (fields: object) => admin('namespaces/change', { namespace: 'shop', ...fields })
  const { json } = await change({ auth_ttl: '5m', refresh_strategy: 'refreshBoth' })
  t.hasStrict(json, { max_access_ttl: 300, refresh_strategy: 'refreshBoth', public_endpoint: true })
  t.hasStrict((await change({ public_endpoint: false })).json, { public_endpoint: false })
  t.equal((await change({ auth_ttl: '30d' })).status, 422, 'longer than a refresh token')
  t.equal((await change({ sig_alg: 'RS256' })).status, 400, 'all of its tokens would be refused')
})

t.test('lists come in pages of fifty', async (t) => {
  const server = await testIssuer()
  const admin = await administrator(server)
  const name = (n: number) => `app-${String(n).padStart(3, '0')}`
  for (let n = 0; n < 55; n += 1) await namespace(server, name(n), { alg: 'EdDSA' })
  const first = (await admin('namespaces/all')).json.namespaces
  t.equal(first.length, 50)
  t.equal((await admin('namespaces/all', { after: first[49].name })).json.namespaces.length, 5)
  const { namespace: shop } = await server.findPlace(name(0))
  for (let n = 0; n < 55; n += 1)
    await server.users.create(
      { nsId: shop.nsId, name: `User${String(n).padStart(3, '0')}`, hash: '' },
      1,
    )
  const users = (await admin('users/all', { namespace: shop.name })).json.users
  t.equal(users.length, 50)
  const rest = await admin('users/all', { namespace: shop.name, after: users[49].username })
  t.equal(rest.json.users.length, 5)
})

t.test('administrators make others, and nobody takes themselves away', async (t) => {
  const server = await testIssuer()
  const admin = await administrator(server, 'root')
  await namespace(server, 'shop')
  const grace = { username: 'Grace', password: PASSWORD }
  t.equal((await admin('administrators/add', grace)).status, 200)
  t.equal((await admin('administrators/add', grace)).status, 409)
  const mary = { ...grace, username: 'mary', namespace: 'shop' }
  t.hasStrict((await admin('administrators/add', mary)).json, { username: 'mary', of: 'namespace' })
  t.hasStrict((await admin('administrators/all')).json.administrators, [
    { username: 'Grace', of: 'server' },
    { username: 'mary', of: 'namespace' },
    { username: 'root' },
  ])
  t.equal((await admin('administrators/delete', { username: 'ROOT' })).status, 409)
  t.equal((await admin('administrators/delete', { username: 'grace' })).status, 200)
  t.equal((await admin('administrators/delete', { username: 'grace' })).status, 404)
})

t.test(
  'a sign-in lasts three hours, or until its end; one who is removed is signed out',
  async (t) => {
    const server = await testIssuer()
    const signIn = async (name: string) => {
      const given = { username: name, password: PASSWORD }
      const { status, json } = await call(server, 'POST /admin/login', given)
      const headers = { authorization: `Bearer ${json.token}` }
      const ask = async (path: string) =>
        (await call(server, `POST /admin/${path}`, {}, { headers })).status
      return { status, json, ask }
    }
    await administrator(server, 'root')
    await administrator(server, 'Grace.Hopper')
    const { json, ask } = await signIn('grace.hopper')
    t.hasStrict(json, { token_type: 'Bearer', expires_in: 10_800 })
    t.equal(await ask('namespaces/all'), 200)
    server.clock.now += 10_800
    t.equal(await ask('namespaces/all'), 401)
    const again = await signIn('grace.hopper')
    t.equal(await again.ask('logout'), 200)
    t.equal(await again.ask('namespaces/all'), 401)
    t.equal(await again.ask('logout'), 200)
    const last = await signIn('grace.hopper')
    await server.administrators.remove('grace.hopper')
    t.equal(await last.ask('namespaces/all'), 401)
    await administrator(server, 'grace.hopper')
    t.equal(await last.ask('namespaces/all'), 401, 'a name that is taken again revives nothing')
  },
)

t.test('nobody, no name, a wrong password, a damaged record: one answer', async (t) => {
  const server = await testIssuer({ environment: { FAILED_SIGN_INS_PER_MINUTE: '5' } })
  await administrator(server, 'root')
  await administrator(server, 'broken')
  const key = { kind: 'administrator', owner: 'all', id: 'broken' }
  await server.store.replace(key, (await server.store.get(key)) ?? '', '{}')
  const ask = (username: string, password = PASSWORD) =>
    call(server, 'POST /admin/login', { username, password })
  const answers = [
    await ask('nobody'),
    await ask('no name'),
    await ask('root', 'another-password'),
    await ask('broken'),
  ]
  t.equal(answers[0]?.status, 401)
  t.equal(new Set(answers.map((answer) => JSON.stringify(answer))).size, 1)
  await ask('root', 'another-password')
  t.equal((await ask('root')).status, 429)
})

t.test('capitals in the name bring no more guesses', async (t) => {
  const server = await testIssuer({ environment: { FAILED_SIGN_INS_PER_MINUTE: '1' } })
  await administrator(server, 'root')
  const guess = (username: string, n: number) =>
    call(
      server,
      'POST /admin/login',
      { username, password: 'a-guess-of-mine' },
      { remoteAddress: `198.51.100.${n}` },
    )
  for (let n = 1; n <= 10; n += 1) t.equal((await guess('root', n)).status, 401)
  t.equal((await guess('Root', 11)).status, 429)
})

t.test('every route of an administrator, by whoever is not one', async (t) => {
  const server = await testIssuer()
  const shop = await namespace(server, 'shop')
  const club = await namespace(server, 'club')
  await user(server, shop)
  const { token } = await signIn(server)
  const paths = Object.keys(adminRoutes({ ...server, ...never })).filter(
    (path) => !/log(in|out)$/.test(path),
  )
  t.equal(paths.length, 25)
  const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })
  const mary = await administrator(server, 'mary', shop.nsId)
  for (const path of paths) {
    t.equal((await call(server, `POST ${path}`, {})).status, 401, path)
    for (const bad of [token, 'root.', '.x', 'root.aaaaaaaaaaa', 'a', '../x.y'])
      t.equal((await call(server, `POST ${path}`, {}, bearer(bad))).status, 401, `${path} ${bad}`)
    t.equal((await call(server, `GET ${path}`)).status, 405, path)
    for (const elsewhere of [{ namespace: 'club' }, { namespace: 'none' }, {}])
      t.equal((await mary(path.slice('/admin/'.length), elsewhere)).status, 403, path)
  }
  t.same(await server.namespaces.find('club'), club, 'nothing of another was changed')
  t.equal((await mary('namespaces/info', { namespace: 'shop' })).status, 200)
  t.equal(server.events.filter(({ event }) => event === 'forbidden').length, paths.length * 3)
})

const never = {
  addressOf: () => '',
  signIns: { take: async () => {}, giveBack: async () => {} },
  maxBodyBytes: 0,
  defaults: {} as never,
  now: () => 0,
}

t.test('what is wrong is named', async (t) => {
  const server = await testIssuer()
  const admin = await administrator(server)
  await user(server, await namespace(server, 'shop'))
  const refused: Array<[path: string, fields: object, status: number, start: string]> = [
    ['namespaces/add', { name: 'Shop' }, 422, 'name: must be 3 to 64 small letters'],
    ['namespaces/add', { name: 'a:b' }, 422, 'name: must be'],
    [
      'namespaces/add',
      { name: 'club', public_endpoint: 'yes' },
      422,
      'public_endpoint: must be true or false',
    ],
    ['namespaces/all', { after: 7 }, 422, 'after: must be'],
    ['users/add', { username: 'a b', password: PASSWORD }, 422, 'username: must be'],
    [
      'users/add',
      { username: 'bob', password: 'bob' },
      422,
      'password: must have 8 characters or more; password: is one of',
    ],
    ['users/add', { username: 'bob' }, 422, 'password: must be a text'],
    [
      'users/add',
      { username: 'bob', password: PASSWORD, groups: 'staff' },
      422,
      'groups: must be a list of 32 or fewer',
    ],
    [
      'users/add',
      { username: 'bob', password: PASSWORD, groups: ['a b'] },
      422,
      'groups: must be 1 to 64',
    ],
    [
      'users/add',
      { username: 'bob', password: PASSWORD, organisations: Array(33).fill('a') },
      422,
      'organisations: must be a list',
    ],
    ['users/add', { username: 'bob', role: 'root' }, 400, 'Cannot read the body'],
    ['users/change', { username: 'bob' }, 404, 'username: there is nobody of this name'],
    ['users/change', { username: 'ada', enabled: 0 }, 422, 'enabled: must be true or false'],
    ['sessions/all', { username: 'bob' }, 404, 'username: there is nobody'],
    ['sessions/end', {}, 422, 'id: must be the id of a session'],
    ['sessions/end', { username: 'ada', id: '../x' }, 422, 'id: must be the id of a session'],
    ['groups/add', { name: 'a b' }, 422, 'name: must be 1 to 64'],
    ['keys/drop', {}, 400, 'kid: must be a text'],
  ]
  for (const [path, fields, status, start] of refused) {
    const where = path.startsWith('namespaces') ? {} : { namespace: 'shop' }
    const answer = await admin(path, { ...where, ...fields })
    t.equal(answer.status, status, `${path} ${JSON.stringify(fields)}`)
    t.ok(answer.json.error_description.startsWith(start), answer.json.error_description)
  }
  const many = Array.from({ length: 200 }, (_, n) => `group${n}`)
  const { namespace: shop } = await server.findPlace('shop')
  await server.namespaces.change(shop, (now) => ({ ...now, groups: many }))
  t.equal((await admin('groups/add', { namespace: 'shop', name: 'another' })).status, 422)
})

t.test(
  'an application that is made by hand gets a client token, and another one in its place',
  async (t) => {
    const server = await testIssuer()
    const admin = await administrator(server)
    await admin('namespaces/add', { name: 'shop' })
    const first = (await admin('applications/client-token', { namespace: 'shop' })).json
      .client_token
    const second = (await admin('applications/client-token', { namespace: 'shop' })).json
      .client_token
    const issue = async (token: string) => {
      const headers = { authorization: `Bearer ${token}` }
      return (await call(server, 'POST /issue_token', { kid: 'shop' }, { headers })).status
    }
    t.equal(await issue(first), 401)
    t.equal(await issue(second), 201)
    t.hasStrict((await admin('namespaces/info', { namespace: 'shop' })).json, {
      has_client_token: true,
    })
    const { registration_token, expires_in } = (await admin('applications/invite')).json
    t.equal(expires_in, 86_400)
    const headers = { authorization: `Bearer ${registration_token}` }
    t.equal((await call(server, 'POST /register/club', {}, { headers })).status, 201)
  },
)

t.test('a race with the removal of a namespace ends in 404', async (t) => {
  const server = await testIssuer()
  const admin = await administrator(server)
  await namespace(server, 'shop')
  server.namespaces.change = async () => undefined
  for (const path of ['namespaces/change', 'applications/client-token'])
    t.equal((await admin(path, { namespace: 'shop' })).status, 404, path)
})

t.test(
  'the last two hundred events, the newest first, without a whole id of a session',
  async (t) => {
    const server = await testIssuer()
    const admin = await administrator(server)
    await user(server, await namespace(server, 'shop'))
    for (let n = 0; n < 200; n += 1) server.audit('token issued', { namespace: 'shop' })
    await signIn(server)
    const { events } = (await admin('audit')).json
    t.equal(events.length, 200)
    const [{ session, ...newest }] = events
    t.same(newest, {
      at: server.clock.now,
      event: 'signed in',
      user: 'ada',
      namespace: 'shop',
      address: '192.0.2.1',
    })
    t.equal(session.length, 8)
  },
)
