// S34, S58, S108, S123, S126. A whole story with the issuer: neither its store nor its log holds what opens a door, and no answer
// does but the one that has to.
import { createHash } from 'node:crypto'
import t from 'tap'
import { PASSWORD } from '../support/accounts.ts'
import {
  administrator,
  application,
  call,
  namespace,
  signIn,
  testIssuer,
  user,
} from '../support/issuer.ts'

t.test('no token, password or private key where it does not belong', async (t) => {
  const server = await testIssuer()
  const written: string[] = []
  const { insert, replace } = server.store
  server.store.insert = async (key, value, ...rest) => {
    written.push(key.kind === 'ring' ? '' : `${JSON.stringify(key)} ${value}`)
    return await insert.call(server.store, key, value, ...rest)
  }
  server.store.replace = async (key, expected, value, options) => {
    written.push(key.kind === 'ring' ? '' : `${JSON.stringify(key)} ${value}`)
    return await replace.call(server.store, key, expected, value, options)
  }
  const answers: string[] = []
  const secrets: string[] = []
  const said = <T extends { json: unknown }>(answer: T): T => {
    answers.push(JSON.stringify(answer))
    return answer
  }

  const root = await administrator(server, 'root')
  await namespace(server, 'shop', { alg: 'HS256' })
  const { namespace: shop } = await server.findPlace('shop')
  await user(server, shop)
  secrets.push(PASSWORD)
  const { secret } = (await root('keys/secret', { namespace: 'shop' })).json
  secrets.push(secret)
  const ada = await signIn(server)
  const ask = await application(server, 'robot')
  const pair = (await ask('POST /issue_token', {})).json
  secrets.push(ada.token, ada.refresh_token, pair.access_token, pair.refresh_token)

  said(await root('namespaces/info', { namespace: 'shop' }))
  said(await root('users/all', { namespace: 'shop' }))
  said(await root('keys/all', { namespace: 'shop' }))
  said(await root('keys/rotate', { namespace: 'robot' }))
  said(await root('sessions/all', { namespace: 'shop', username: 'ada' }))
  said(await root('administrators/all'))
  said(await call(server, 'GET /keys/robot'))
  said(await call(server, 'GET /robot/.well-known/jwks.json'))
  said(await call(server, 'POST /token/public', { namespace: 'robot' }))
  said(
    await call(server, 'POST /token/access', {
      namespace: 'shop',
      refresh_token: `${ada.refresh_token}x`,
    }),
  )
  said(
    await call(server, `POST /token/access/${ada.token.slice(0, 100)}`, {
      namespace: 'shop',
      refresh_token: 'a',
    }),
  )
  said(await call(server, 'POST /token/valid', { namespace: 'shop', access_token: ada.token }))
  said(
    await call(server, 'POST /token/revoke', {
      namespace: 'shop',
      refresh_token: ada.refresh_token,
    }),
  )
  said(await ask('POST /revoke_token', { refresh_token: pair.refresh_token }))
  said(
    await call(server, 'POST /token/refresh', {
      namespace: 'shop',
      username: PASSWORD,
      password: 'ada',
    }),
  )

  const log = JSON.stringify(server.events)
  t.ok(
    written.length > 5 && answers.length > 10 && secrets.every(Boolean),
    'all of it was looked at',
  )
  for (const [n, secret] of secrets.entries()) {
    const digest = createHash('sha256').update(secret).digest('hex')
    for (const text of [secret, digest, secret.split('.').at(-1) ?? secret]) {
      t.notOk(log.includes(text), `${n} in the log`)
      t.notOk(
        answers.some((answer) => answer.includes(text)),
        `${n} in an answer`,
      )
      t.notOk(
        written.some((record) => record.includes(text)),
        `${n} in a record`,
      )
    }
  }
  for (const member of ['"d"', '"p"', '"q"', '"k"', '"dp"', 'stack', 'node_modules'])
    t.notOk(
      answers.some((answer) => answer.includes(member)),
      member,
    )
  const shownIds = server.events.flatMap(({ fields }) => fields.session ?? [])
  t.ok(
    shownIds.every((id) => String(id).length === 8),
    'sessions are named by a part of their id',
  )
})
