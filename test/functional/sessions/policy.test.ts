import t from 'tap'
import {
  leewayWith,
  maxTokenLength,
  sessionCookie,
  sessionKey,
  sessionPolicy,
} from '../../../example/sessions/policy.ts'
import { policy, SECRET, testConfig } from '../../support/fixtures.ts'
import { messageOf } from '../../support/refusal.ts'

t.test('the policy of the session server is the one that the tests wrote down', async (t) => {
  t.same(sessionPolicy(604_800), policy)
})

t.test('the longest lifetime is the one that the settings say', async (t) => {
  t.equal(sessionPolicy(90).maxLifetimeSeconds, 90)
})

t.test('one algorithm is accepted, and there is no leeway unless it is asked for', async (t) => {
  t.hasStrict(sessionPolicy(90), { algorithms: ['HS256'], leewaySeconds: 0 })
  t.hasStrict(sessionPolicy(90, 5), { algorithms: ['HS256'], leewaySeconds: 5 })
})

t.test('the leeway is for stores that several machines share', async (t) => {
  for (const engine of ['memory', 'level'] as const) t.equal(leewayWith(engine), 0, engine)
  for (const engine of ['redis', 'redis-cluster', 'redis-sentinel'] as const)
    t.equal(leewayWith(engine), 5, engine)
})

t.test('the longest token is half of the 16 KiB that all headers together may have', async (t) => {
  t.equal(maxTokenLength, testConfig().limits.maxHeaderBytes / 2)
})

t.test('the key is bound to its algorithm and its name says nothing', async (t) => {
  const key = sessionKey(SECRET)
  t.hasStrict(key, { kid: 'sessions-1', alg: 'HS256', use: 'sig' })
  t.equal(key.verifyingKey.export().toString(), SECRET)
})

t.test('a secret shorter than the hash makes no key', async (t) => {
  const short = () => sessionKey('x'.repeat(31))
  t.equal(messageOf(short), 'Cannot use the secret: HS256 needs 32 bytes or more')
})

t.test('the cookie has the prefix that binds it to this host (RFC 6265bis §4.1.3.2)', async (t) => {
  const bound = { name: '__Host-session', secure: true }
  for (const server of [
    { teaching: false, publicOrigin: undefined },
    { teaching: false, publicOrigin: 'https://jwt.example' },
    { teaching: true, publicOrigin: 'https://localhost:1337' },
  ])
    t.strictSame(sessionCookie(server), bound)
})

t.test('but a practice server over plain http has a cookie that Safari keeps, too', async (t) => {
  const plain = { name: 'session', secure: false }
  t.strictSame(sessionCookie({ teaching: true, publicOrigin: undefined }), plain)
  t.strictSame(sessionCookie({ teaching: true, publicOrigin: 'http://localhost:1' }), plain)
})
