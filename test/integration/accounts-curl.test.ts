// The commands that the two tutorials show which this server replaces, as they are, with curl: signup, signin, welcome,
// refresh, logout. Their password is refused here, and the next line has a longer one.
import t from 'tap'
import { decode } from '../../example/token/decode.ts'
import { testAccounts } from '../support/accounts.ts'
import { listening } from '../support/listening.ts'
import { typed } from '../support/typed.ts'

const typedAt =
  (HOST: string) =>
  (line: string, TOKEN = '') =>
    typed(line, { HOST, TOKEN })

const json = `-H 'Content-Type: application/json'`
const bearer = '-H "Authorization: Bearer $TOKEN"'

t.test('the curl lines of "Jwt Token Auth in Golang" and JWT-WITH-GO', async (t) => {
  const server = await testAccounts()
  const type = typedAt((await listening(t, server.app)).url)
  const short = '{"username":"newuser","password":"newpass"}'
  const long = '{"username":"newuser","password":"newpass-of-fourteen"}'
  let access = ''
  let refresh = ''

  t.test('signup: 7 characters and a common word are two reasons', async (t) => {
    t.same(await type(`curl -X POST ${json} -d '${short}' $HOST/signup`), [
      422,
      '{"error":"refused","error_description":"password: must have 8 characters or more; password: is one of the passwords that are guessed first"}',
    ])
  })

  t.test('signup with a longer one: a user with the role CLIENT', async (t) => {
    const line = `curl -X POST ${json} -d '${long}' $HOST/signup`
    t.same(await type(line), [201, '{"username":"newuser","roles":["CLIENT"]}'])
    t.same((await type(line))[0], 409, 'and again: taken')
  })

  t.test('signin: a pair of tokens with the claims of both tutorials', async (t) => {
    const [status, body] = await type(`curl -X POST ${json} -d '${long}' $HOST/signin`)
    t.equal(status, 200)
    const pair = JSON.parse(body)
    access = pair.access_token
    refresh = pair.refresh_token
    t.hasStrict(decode(access).claims, { username: 'newuser', roles: ['CLIENT'] })
    const [wrong] = await type(`curl -X POST ${json} -d '${short}' $HOST/signin`)
    t.equal(wrong, 401)
  })

  t.test('welcome: the words of the tutorial', async (t) => {
    const words = 'Welcome newuser!\n Your roles are: [CLIENT]'
    t.same(await type(`curl ${bearer} $HOST/welcome`, access), [200, words])
    t.equal((await type('curl $HOST/welcome'))[0], 401)
    t.equal((await type(`curl ${bearer} $HOST/welcome`, refresh))[0], 401, 'no other kind')
  })

  t.test('refresh: a new pair for the refresh token in the header', async (t) => {
    const line = `curl -X POST ${bearer} $HOST/refresh`
    const [status, body] = await type(line, refresh)
    t.equal(status, 200)
    const pair = JSON.parse(body)
    t.not(pair.refresh_token, refresh)
    t.not(pair.access_token, access)
    t.equal((await type(line, access))[0], 401, 'and none for an access token')
    access = pair.access_token
    refresh = pair.refresh_token
  })

  t.test('logout: neither token is good for anything after it', async (t) => {
    const line = `curl ${bearer} $HOST/logout`
    t.same(await type(line, access), [200, '{"logged_out":true}'])
    t.equal((await type(`curl ${bearer} $HOST/welcome`, access))[0], 401)
    t.equal((await type(`curl -X POST ${bearer} $HOST/refresh`, refresh))[0], 401)
    t.equal((await type(line, access))[0], 200, 'who asks twice is told the same')
  })
})

t.test('the refresh of the first tutorial, with an access token, under its policy', async (t) => {
  const server = await testAccounts({ environment: { REFRESH_POLICY: 'window' } })
  const type = typedAt((await listening(t, server.app)).url)
  const user = '{"username":"newuser","password":"newpass-of-fourteen"}'
  await type(`curl -X POST ${json} -d '${user}' $HOST/signup`)
  const [, pair] = await type(`curl -X POST ${json} -d '${user}' $HOST/signin`)
  const { access_token: token, refresh_token } = JSON.parse(pair)
  t.equal(refresh_token, undefined)
  const renewed = async () => {
    const [status, body] = await type(`curl ${bearer} $HOST/refresh`, token)
    t.equal(status, 200)
    return JSON.parse(body).access_token
  }
  t.equal(await renewed(), token, 'before its last 30 seconds: the same')
  server.clock.now += 15 * 60 - 29
  t.not(await renewed(), token, 'in its last 30 seconds: a new one')
})
