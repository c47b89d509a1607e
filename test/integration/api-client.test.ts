import t from 'tap'
import * as v from 'valibot'
import { NOW, testApp } from '../support/fixtures.ts'
import { listening } from '../support/listening.ts'
import { demo } from './client.ts'

const Fields = v.record(v.string(), v.unknown())

t.test('an API client speaks JSON from the first word to the last', async (t) => {
  const { app } = await testApp()
  const { url } = await listening(t, app)
  let token = ''

  async function ask(method: string, path: string, body?: string) {
    const headers = {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
    }
    const res = await fetch(url + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    })
    t.equal(res.headers.get('content-type'), 'application/json; charset=utf-8')
    t.equal(res.headers.get('set-cookie') ?? '', path === '/logout' ? cleared : '')
    return {
      status: res.status,
      challenge: res.headers.get('www-authenticate'),
      is: v.parse(Fields, await res.json()),
    }
  }
  const cleared = 'session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax'
  const notSignedIn = { error: 'invalid_token', error_description: 'Sign in first' }

  t.test('without a token: 401 and a bare challenge', async (t) => {
    const answer = { status: 401, challenge: 'Bearer', is: notSignedIn }
    t.same(await ask('GET', '/private'), answer)
  })

  t.test('with wrong credentials: 401', async (t) => {
    const is = { error: 'invalid_grant', error_description: 'Wrong user name or password' }
    const wrong = JSON.stringify({ ...demo, password: 'wrong' })
    t.same(await ask('POST', '/auth', wrong), { status: 401, challenge: 'Bearer', is })
  })

  t.test('with a body that is not JSON: 400', async (t) => {
    const { status, is } = await ask('POST', '/auth', '{"username":')
    t.equal(status, 400)
    t.equal(is.error, 'invalid_request')
  })

  t.test('signs in and gets the token that RFC 6749 §5.1 describes', async (t) => {
    const { status, is } = await ask('POST', '/auth', JSON.stringify(demo))
    t.equal(status, 200)
    t.same(Object.keys(is), ['access_token', 'token_type', 'expires_in'])
    t.hasStrict(is, { token_type: 'Bearer', expires_in: 604_800 })
    token = String(is.access_token)
  })

  t.test('reads what is private', async (t) => {
    const is = { subject: 'masterbuilder', expires_at: NOW + 604_800 }
    t.same(await ask('GET', '/private'), { status: 200, challenge: null, is })
  })

  t.test('learns what is not there and what is not allowed', async (t) => {
    t.hasStrict(await ask('GET', '/nothing'), { status: 404, is: { error: 'not_found' } })
    const methodNotAllowed = { status: 405, is: { error: 'method_not_allowed' } }
    t.hasStrict(await ask('DELETE', '/private'), methodNotAllowed)
  })

  t.test('signs out', async (t) => {
    t.hasStrict(await ask('POST', '/logout'), { status: 200, is: { logged_out: true } })
  })

  t.test('and is refused from then on, with the error that tells it to sign in anew', async (t) => {
    const challenge = 'Bearer error="invalid_token"'
    const refused = { status: 401, challenge, is: notSignedIn }
    t.same(await ask('GET', '/private'), refused)
    t.same(await ask('POST', '/logout'), refused)
  })
})
