import t from 'tap'
import { readConfig } from '../../../example/accounts/config.ts'
import { welcome } from '../../../example/accounts/welcome.ts'
import { SECRET } from '../../support/fixtures.ts'

const saying = (given: Record<string, string>) =>
  welcome(readConfig({ JWT_SECRET: SECRET, STORE_URL: 'memory:', ...given }), 8000)

t.test('what to try, while teaching', async (t) => {
  t.match(saying({}), /^Ready at http:\/\/localhost:8000\n\n {2}1\. /)
})

t.test('the address alone for everybody else', async (t) => {
  t.equal(saying({ HOST: '::' }), 'Ready at http://[::]:8000\n')
  t.equal(saying({ HOST: '0.0.0.0' }), 'Ready at http://0.0.0.0:8000\n')
  const many = { WORKERS: '2', STORE_URL: 'redis://localhost', PUBLIC_ORIGIN: 'https://a.example' }
  t.equal(saying(many), 'Ready at https://a.example, with 2 processes\n')
})
