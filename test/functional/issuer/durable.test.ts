import t from 'tap'
import { PASSWORD } from '../../support/accounts.ts'
import { administrator, call, namespace, signIn, testIssuer, user } from '../../support/issuer.ts'

// S110. What takes a right away is answered once it is on disk: every such write asks for that.

t.test('whatever takes rights away is safe before it is answered', async (t) => {
  const server = await testIssuer({ environment: { SESSIONS_PER_USER: '2' } })
  const { store } = server
  const root = await administrator(server, 'root')
  await administrator(server, 'grace')
  await user(server, await namespace(server, 'shop'))
  const { refresh_token } = await signIn(server)
  const { replace, remove } = store
  let written: string[] = []
  store.replace = async (key, expected, value, options) => {
    written.push(`${key.kind} ${options?.durable}`)
    return await replace.call(store, key, expected, value, options)
  }
  store.remove = async (key, options) => {
    // An attempt that is given back takes nothing away.
    if (key.kind !== 'attempt') written.push(`${key.kind} ${options?.durable}`)
    return await remove.call(store, key, options)
  }
  const shop = { namespace: 'shop' }
  const ada = { ...shop, username: 'ada' }
  const acts: Array<[what: string, kinds: string[], act: () => Promise<{ status: number }>]> = [
    [
      'an exchange',
      ['grant'],
      () => call(server, 'POST /token/refresh-access', { ...shop, refresh_token }),
    ],
    ['a sign-out', ['grant'], () => call(server, 'POST /token/revoke', { ...shop, refresh_token })],
    [
      'a sign-in too many',
      ['grant'],
      async () => {
        await signIn(server)
        await signIn(server)
        written = []
        return await call(server, 'POST /token/refresh', { ...ada, password: PASSWORD })
      },
    ],
    ['all sessions ended', ['member'], () => root('sessions/end', ada)],
    ['a user disabled', ['member'], () => root('users/change', { ...ada, enabled: false })],
    ['a user removed', ['member'], () => root('users/delete', ada)],
    ['a rotation', ['ring', 'ring'], () => root('keys/rotate', shop)],
    ['another client token', ['namespace'], () => root('applications/client-token', shop)],
    [
      'an administrator removed',
      ['administrator'],
      () => root('administrators/delete', { username: 'grace' }),
    ],
    ['a namespace removed', ['namespace', 'ring', 'ring'], () => root('namespaces/delete', shop)],
    ['an administrator signed out', ['administrator-session'], () => root('logout')],
  ]
  for (const [what, kinds, act] of acts) {
    written = []
    t.equal((await act()).status, 200, what)
    t.same(
      written,
      kinds.map((kind) => `${kind} true`),
      what,
    )
  }
})
