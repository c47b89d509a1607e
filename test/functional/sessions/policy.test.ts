import t from 'tap'
import { maxTokenLength, sessionKey, sessionPolicy } from '../../../example/sessions/policy.ts'
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
