import t from 'tap'
import { readConfig } from '../../../example/client/config.ts'

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
  ISSUER: must be an address such as http://localhost:8082`,
  })
})
