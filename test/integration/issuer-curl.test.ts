// The commands of the two programs that this server replaces, typed with curl: those that Quid shows, word for word; and
// for JWTIS, which shows none, the bodies that it describes, with the defaults of its flags.
import { decodeJwt } from 'jose'
import t from 'tap'
import { administrator, namespace, testIssuer } from '../support/issuer.ts'
import { listening } from '../support/listening.ts'
import { typed } from '../support/typed.ts'

const said = (error: string, error_description: string) =>
  JSON.stringify({ error, error_description })

t.test('the curl lines of Quid', async (t) => {
  const server = await testIssuer()
  const { url } = await listening(t, server.app)
  const type = (line: string) => typed(line.replace('localhost:8082', new URL(url).host), {})
  await namespace(server, 'my_namespace', { groups: ['group1', 'group2'] })
  const admin = await administrator(server)
  const user = { namespace: 'my_namespace', username: 'my_username', password: 'my_password' }
  const added = await admin('users/add', { ...user, groups: ['group1', 'group2'] })
  t.equal(added.status, 200, 'its names and its password will do')

  const refresh = (
    ttl: string,
    method = '',
  ) => `curl ${method} localhost:8082/token/refresh/${ttl} \
     -H 'Content-Type: application/json'       \
     -d '{"namespace":"my_namespace","username":"my_username","password":"my_password"}'`
  const access = (
    ttl: string,
    token: string,
  ) => `curl localhost:8082/token/access/${ttl}           \
     -H 'Content-Type: application/json'                      \
     -d '{"namespace":"my_namespace","refresh_token":"${token}"}'`

  const [status, body] = await type(refresh('10m'))
  t.equal(status, 200)
  t.same(Object.keys(JSON.parse(body)), ['token'])
  const { token } = JSON.parse(body)
  t.equal((await type(refresh('24h', '-X POST')))[0], 200, 'and as an older text has it')

  const [given, access10m] = await type(access('10m', token))
  t.equal(given, 200)
  const { usr, grp, org, exp } = decodeJwt(JSON.parse(access10m).token)
  const claims = { usr: 'my_username', grp: ['group1', 'group2'], org: [] }
  t.same({ usr, grp, org, exp }, { ...claims, exp: server.clock.now + 600 })

  t.same(
    await type(access('10m', 'zpXVCJ9...')),
    [401, said('invalid_grant', 'The token is not usable: sign in again')],
    'its placeholder is no token',
  )
  t.same(
    await type(access('24h', token)),
    [400, said('invalid_request', 'ttl: must be 15 minutes or less')],
    'more than the maximum is rejected, and the maximum is named',
  )
})

t.test('the requests of JWTIS', async (t) => {
  const server = await testIssuer()
  const { url: HOST } = await listening(t, server.app)
  const TOKEN = await server.registrations.make(server.clock.now + 3600)
  const bearer = '-H "Authorization: Bearer $TOKEN"'
  let CLIENT = ''
  const post = (path: string, body: string, header = bearer) =>
    typed(`curl -X POST ${header} -d '${body}' $HOST/${path}`, {
      HOST,
      TOKEN: CLIENT || TOKEN,
    })

  const register = (alg: string, bits: number) =>
    `{"expiry":"4320h","sig_alg":"${alg}","sig_bits":${bits},"enc_alg":"ECDH-ES+A256KW","enc_bits":256,"auth_ttl":"72h","refresh_ttl":"720h"}`
  const times = '"auth_token_valid_time":"72h","resresh_token_valid_time":"720h"'
  const claims = '"claims":{"sub":"arm-7","may":["lift"]}'

  t.same(
    await post('register/robot', register('ES256', 256), ''),
    [401, said('invalid_grant', 'Send a registration token as a bearer token')],
    'there anybody may register; here an administrator hands out a token for it',
  )
  t.same(
    await post('register/robot', register('RS256', 2048)),
    [422, said('refused', 'sig_bits: a key for RS256 has 3072 bits here')],
    'its RSA keys are shorter than ours',
  )
  t.same(
    (await post('register/robot', '{"enc_alg":"RSA1_5"}'))[1].slice(0, 80),
    said('refused', 'enc_alg: RSA1_5 is not used here: its padding').slice(0, 80),
  )
  const [registered, application] = await post('register/robot', register('ES256', 256))
  t.equal(registered, 201)
  const keys = JSON.parse(application)
  t.hasStrict(keys, { kid: 'robot', valid: true, pub_sig_key: { alg: 'ES256' } })
  t.hasStrict(keys, { pub_enc_key: { crv: 'P-256' }, refresh_strategy: 'noRefresh' })
  CLIENT = keys.client_token

  t.same(
    await post('issue_token', `{"kid":"robot",${times},${claims}}`, ''),
    [401, said('invalid_grant', 'Send the client_token of this application as a bearer token')],
    'the client token "must be in header", and here somebody looks',
  )
  t.same(
    await post('issue_token', '{"kid":"robot","auth_token_valid_time":259200000000000}'),
    [
      400,
      said(
        'invalid_request',
        'auth_token_valid_time: must be a duration such as 90s, 10m, 1h30m or 7d',
      ),
    ],
    'a number there was one of nanoseconds, which nobody sees',
  )
  const [issued, pair] = await post('issue_token', `{"kid":"robot",${times},${claims}}`)
  t.equal(issued, 201)
  const { id, auth_token, access_token, refresh_token, expiry } = JSON.parse(pair)
  t.equal(auth_token, access_token, 'its text and its code name one token')
  t.hasStrict(decodeJwt(auth_token), { jti: id, exp: expiry, sub: 'arm-7', may: ['lift'] })
  t.equal(expiry, server.clock.now + 72 * 3600)

  const [renewed, next] = await post(
    'renew_token',
    `{"kid":"robot","refresh_token":"${refresh_token}","refresh_strategy":"refreshBoth"}`,
  )
  t.equal(renewed, 201)
  t.not(JSON.parse(next).refresh_token, refresh_token)

  t.equal((await post('renew_keys', '{"kid":"robot"}'))[0], 200)
  const [, published] = await typed('curl $HOST/keys/robot', { HOST })
  t.not(JSON.parse(published).pub_sig_key.kid, keys.pub_sig_key.kid, 'another key signs')

  const last = `{"kid":"robot","refresh_token":"${JSON.parse(next).refresh_token}"}`
  t.same(await post('revoke_token', last), [200, '{"revoked":true}'])
  t.equal((await post('renew_token', last))[0], 401, 'what it promises of revocation is true here')
})
