import t from 'tap'
import { readConfig } from '../../../example/issuer/config.ts'
import { welcome } from '../../../example/issuer/welcome.ts'

t.test('the settings that hold, while teaching', async (t) => {
  t.equal(
    welcome(readConfig({}), 8082),
    `Ready at http://localhost:8082

  name           Issuer
  issuer         http://localhost:8082
  store          ./data/issuer, sealed
  signing        ES256, a new key every 180 days
  encryption     ECDH-ES+A256KW on P-256, A256GCM
  access token   15 minutes at most
  refresh token  3 days at most, noRefresh
  session        30 days at most
  origins        no other
  mode           teaching

Stop with Ctrl-C.
`,
  )
  const memory = { STORE_URL: 'memory:', ENC_ALG: 'RSA-OAEP' }
  t.match(welcome(readConfig(memory), 1), / memory, which ends .*\n.*\n.* RSA-OAEP, A256GCM\n/)
  const file = { ISSUER_PASSWORD_FILE: '/no/such' }
  t.match(welcome(readConfig(file), 1), '/issuer, sealed; its password is in /no/such\n')
})

t.test('for others, too, and with no secret in them', async (t) => {
  const said = welcome(
    readConfig({
      NODE_ENV: 'production',
      PUBLIC_ORIGIN: 'https://id.example',
      STORE_URL: 'redis-cluster://ada:s3cret@a:7000,b',
      ISSUER_PASSWORD: 'of-the-store-4hG',
      WORKERS: '2',
      ALLOWED_ORIGINS: 'https://app.example,https://b.example',
    }),
    8082,
  )
  t.match(said, /^Ready at https:\/\/id\.example, with 2 processes\n/)
  t.match(said, /^ {2}store {10}redis-cluster at a:7000, b:6379, sealed$/m)
  t.match(said, /^ {2}origins {8}https:\/\/app\.example, https:\/\/b\.example$/m)
  t.match(said, /^ {2}mode {11}production$/m)
  for (const secret of ['ada', 's3cret', '4hG']) t.notMatch(said, secret)
})
