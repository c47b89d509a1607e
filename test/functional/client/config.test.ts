import t from 'tap'
import { readConfig } from '../../../example/client/config.ts'
import { namespaceName, namespaceRule } from '../../../example/issuer/namespace.ts'

t.test('the example API stands beside an issuer, unless it is told of another', async (t) => {
  const { host, port, issuer, namespace } = readConfig({ PORT: '' })
  t.same([host, port], ['127.0.0.1', 8083])
  t.same([issuer, namespace], ['http://localhost:8082', 'shop'])
  const other = { ISSUER: 'https://id.example', NAMESPACE: 'club', PORT: '0' }
  t.hasStrict(readConfig(other), { issuer: other.ISSUER, namespace: 'club', port: 0 })
})

t.test('what is wrong is said by name, all at once', async (t) => {
  t.throws(() => readConfig({ PORT: 'abc', ISSUER: 'localhost:8082' }), {
    message: `Cannot start with these settings:
  PORT: must be a whole number
  ISSUER: must be an origin such as http://localhost:8082, without a path`,
  })
})

t.test('a namespace that no issuer can have is refused in the words of the issuer', async (t) => {
  for (const NAMESPACE of ['Shop', 'sh', '-shop', 'shop!', 'http://shop', 's'.repeat(65)]) {
    t.notOk(namespaceName.test(NAMESPACE))
    t.throws(() => readConfig({ NAMESPACE }), {
      message: `Cannot start with these settings:\n  NAMESPACE: ${namespaceRule}`,
    })
  }
  for (const NAMESPACE of ['abc', '0_-', 's'.repeat(64)]) {
    t.ok(namespaceName.test(NAMESPACE))
    t.equal(readConfig({ NAMESPACE }).namespace, NAMESPACE)
  }
})

t.test('an issuer with a password in its address is not shown to every page', async (t) => {
  const ISSUER = 'http://user:hidden@localhost:8082'
  t.throws(() => readConfig({ ISSUER }), {
    message: /^Cannot start with these settings:\n {2}ISSUER: must be an origin such as [^@]*$/,
  })
})
