import t from 'tap'
import { codespaceHost } from '../../../example/server/codespace.ts'
import { testConfig } from '../../support/fixtures.ts'

const codespace = {
  CODESPACE_NAME: 'ada-4j7x',
  GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN: 'app.github.dev',
}

t.test('a Codespace tells under which name it forwards a port', async (t) => {
  t.equal(codespaceHost(codespace, 1337), 'ada-4j7x-1337.app.github.dev')
  t.equal(testConfig({ ...codespace, PORT: '80' }).forwardedHost, 'ada-4j7x-80.app.github.dev')
})

t.test('elsewhere nobody is believed to forward one', async (t) => {
  t.equal(codespaceHost({ ...codespace, CODESPACE_NAME: undefined }, 1337), undefined)
  t.equal(codespaceHost({}, 1337), undefined)
})

t.test('what a person sets comes first', async (t) => {
  const FORWARDED_HOST = 'w-1337.dev.example'
  t.equal(testConfig({ ...codespace, FORWARDED_HOST }).forwardedHost, FORWARDED_HOST)
})
