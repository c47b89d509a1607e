import { createLocalJWKSet, jwtVerify } from 'jose'
import { useQuidRequests } from 'quidjs'
import t, { type Test } from 'tap'
import { readBearer } from '../../../example/http/bearer.ts'
import { reply } from '../../../example/http/reply.ts'
import type { Handler } from '../../../example/http/types.ts'
import { PASSWORD } from '../../support/accounts.ts'
import { NOW } from '../../support/fixtures.ts'
import { namespace, testIssuer, user } from '../../support/issuer.ts'
import { listening } from '../../support/listening.ts'

// The client that Quid has published, quidjs 0.8.0, as it is on npm, against this issuer and an API.

/** An issuer with a user, and an API that takes its tokens until they are called old. */
async function issuerAndApi(t: Test) {
  const server = await testIssuer()
  await user(server, await namespace(server, 'shop'))
  const { url: quidUri } = await listening(t, server.app)
  const asked: string[] = []
  const old = new Set<string>()
  const api: Handler = async (req, res) => {
    const token = readBearer(req.headers.authorization) ?? ''
    asked.push(token)
    const set = await (await fetch(`${quidUri}/shop/.well-known/jwks.json`)).json()
    const options = { currentDate: new Date(NOW * 1000), audience: 'shop' }
    const proven = await jwtVerify(token, createLocalJWKSet(set), options).catch(() => undefined)
    const isGood = proven !== undefined && !old.has(token)
    const body = JSON.stringify(isGood ? { hello: proven.payload.usr } : {})
    reply(res, { status: isGood ? 200 : 401, type: 'json', body })
  }
  const { url: serverUri } = await listening(t, api)
  const client = useQuidRequests({ quidUri, serverUri, namespace: 'shop', verbose: false })
  return { server, client, asked, old }
}

t.test('signs in, and what it asks for is answered', async (t) => {
  const { client } = await issuerAndApi(t)
  await client.login('ada', PASSWORD)
  t.same(await client.get('/hello'), { hello: 'ada' })
  t.same(await client.post('/hello', {}), { hello: 'ada' })
})

t.test('a wrong password is an error, and a second sign-in is as good as the first', async (t) => {
  const { client } = await issuerAndApi(t)
  t.capture(console, 'log') // it says what it was answered
  await t.rejects(client.login('ada', 'a-wrong-password'))
  await client.login('ada', PASSWORD)
  await client.login('ada', PASSWORD)
  t.same(await client.get('/hello'), { hello: 'ada' })
})

t.test('once its access token is refused, it gets another, whatever it asks at once', async (t) => {
  const { client, asked, old } = await issuerAndApi(t)
  await client.login('ada', PASSWORD)
  await client.get('/hello')
  old.add(asked[0] ?? '')
  const answers = await Promise.all(Array.from({ length: 5 }, () => client.get('/hello')))
  t.same(new Set(answers.map(({ hello }) => hello)), new Set(['ada']))
  t.ok(
    new Set(asked).size > 2,
    'each refused call asks for a token of its own, with one refresh token',
  )
})
