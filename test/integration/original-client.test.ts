import { type IncomingHttpHeaders, request } from 'node:http'
import t from 'tap'
import { signInForm, testApp } from '../support/fixtures.ts'
import { listening } from '../support/listening.ts'

// The client of dwyl/learn-json-web-tokens, as it is: a form without an Accept header, the bare
// token from the `authorization` header of the answer, the same header with every request after it.

interface Answer {
  status: number | undefined
  headers: IncomingHttpHeaders
  body: string
}

/** node's own request, since fetch cannot leave Accept out. */
function ask(url: string, options: { method?: string; headers?: object; body?: string } = {}) {
  const { method = 'GET', headers = {}, body } = options
  return new Promise<Answer>((resolve, reject) => {
    const req = request(url, { method, headers: { ...headers }, agent: false }, async (res) => {
      let answer = ''
      for await (const chunk of res) answer += chunk
      resolve({ status: res.statusCode, headers: res.headers, body: answer })
    })
    req.on('error', reject)
    req.end(body)
  })
}

const form = {
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: signInForm,
}

t.test("the original tutorial's own client works unchanged", async (t) => {
  const { app } = await testApp()
  const { url } = await listening(t, app)
  let token = ''

  t.test('GET / and /home: 200 and a page', async (t) => {
    for (const path of ['/', '/home']) {
      const { status, headers, body } = await ask(url + path)
      t.equal(status, 200)
      t.equal(headers['content-type'], 'text/html; charset=utf-8')
      t.match(body, /<form/)
    }
  })

  t.test('POST /auth with a wrong password: 401 and a page with the form', async (t) => {
    const wrong = { ...form, body: 'username=masterbuilder&password=lemons' }
    const { status, headers, body } = await ask(`${url}/auth`, wrong)
    t.equal(status, 401)
    t.equal(headers.authorization, undefined)
    t.match(body, /<form/)
  })

  t.test('GET /private without a token: 401', async (t) => {
    t.equal((await ask(`${url}/private`)).status, 401)
  })

  t.test('POST /auth: 200, a page, and the bare token in the authorization header', async (t) => {
    const { status, headers, body } = await ask(`${url}/auth`, form)
    t.equal(status, 200)
    t.equal(headers['content-type'], 'text/html; charset=utf-8')
    t.match(body, /The private page/)
    token = headers.authorization ?? ''
    t.match(token, /^[\w-]+\.[\w-]+\.[\w-]+$/)
  })

  t.test('GET /private with it: 200 and the page', async (t) => {
    const { status, body } = await ask(`${url}/private`, { headers: { authorization: token } })
    t.equal(status, 200)
    t.match(body, /The private page/)
  })

  t.test('GET /logout with it: 200, and exactly the words of the original', async (t) => {
    const { status, headers, body } = await ask(`${url}/logout`, {
      headers: { authorization: token },
    })
    t.equal(status, 200)
    t.equal(headers['content-type'], 'text/plain; charset=utf-8')
    t.equal(body, 'Logged Out!')
  })

  t.test('and then 401 everywhere, however often it asks', async (t) => {
    for (const path of ['/private', '/logout', '/private', '/logout'])
      t.equal((await ask(url + path, { headers: { authorization: token } })).status, 401, path)
  })

  t.test('the server is still there: the original ended at the second logout', async (t) => {
    t.equal((await ask(`${url}/auth`, form)).status, 200)
  })

  t.test('nobody can stop it: /exit is 404, as is all that it does not have', async (t) => {
    t.equal((await ask(`${url}/exit`)).status, 404)
    t.equal((await ask(`${url}/nosuchpage`)).status, 404)
    t.equal((await ask(`${url}/`)).status, 200)
  })
})
