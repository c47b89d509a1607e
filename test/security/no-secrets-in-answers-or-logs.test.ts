// S108, S126: a whole story through a real server process, with everything it prints and answers
// kept; then neither holds what it must not.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import t from 'tap'
import {
  forge,
  formType,
  goodClaims,
  goodHeader,
  SECRET,
  sessionToken,
} from '../support/fixtures.ts'
import { temporaryFolder } from '../support/folder.ts'
import { raw } from '../support/listening.ts'
import { startServer } from '../support/process.ts'

const account = { DEMO_USER: 'ada', DEMO_PASSWORD: 'correct-horse-battery' }
const formats: Record<string, Record<string, string>> = {
  people: account,
  JSON: { ...account, NODE_ENV: 'production' },
}

/** Signs in, looks around, goes wrong in many ways and signs out. Gives the token and all answers. */
async function story(url: string): Promise<{ token: string; answers: string[] }> {
  const answers: string[] = []
  let token = ''
  const ask = async (path: string, init: RequestInit = {}) => {
    const res = await fetch(url + path, init)
    token ||= res.headers.get('authorization') ?? ''
    answers.push([res.status, ...[...res.headers].flat(), await res.text()].join('\n'))
  }
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    ask(path, { method: 'POST', headers: { ...formType, ...headers }, body })

  await post('/auth', `username=ada&password=${account.DEMO_PASSWORD}`)
  const signedIn = answers.pop() // the one answer that has to hold the token
  const name = /set-cookie\n([^=]+)=/.exec(signedIn ?? '')?.[1]
  const cookie = `${name}=${token}`
  const forged = forge(goodClaims(), goodHeader, 'another secret')
  for (const accept of ['text/html', 'application/json', '*/*']) {
    const headers = { accept, cookie }
    for (const path of ['/', '/home', '/auth', '/private', '/logout', '/nowhere', '/style.css'])
      await ask(path, { headers })
    await ask(`/private?access_token=${token}`, { headers })
    await ask(`/${token}/`, { headers })
    await ask('/private', { headers: { accept, authorization: `Bearer ${forged}` } })
    await ask('/private', { headers: { accept, authorization: `Bearer ${sessionToken()}` } })
    await ask('/private', { headers: { accept, cookie: `${cookie}; ${cookie}` } })
    await post('/auth', 'username=ada&password=another-password', { accept })
    await post('/auth', `username=ada&username=${token}`, { accept })
    await post('/auth', `{"password":"${account.DEMO_PASSWORD}`, {
      accept,
      'content-type': 'application/json',
    })
    await post('/auth', 'A'.repeat(20_000), { accept })
    await post('/logout', '', { accept, cookie, origin: 'https://evil.example' })
  }
  await post('/logout', '', { cookie })
  await ask('/private', { headers: { cookie } })
  answers.push(await raw(Number(new URL(url).port), 'no request\r\n\r\n'))
  t.match(signedIn, /set-cookie/)
  return { token, answers }
}

for (const [format, environment] of Object.entries(formats)) {
  t.test(`with a log for ${format}`, async (t) => {
    const folder = join(temporaryFolder(t), 'data')
    const settings = { STORE_URL: `level:${folder}`, LOG_LEVEL: 'info', ...environment }
    const server = await startServer(settings)
    t.teardown(() => server.end())
    const { token, answers } = await story(server.url)
    t.equal(await server.end(), 0)
    t.match(server.output(), /signed in.*"ada"/, 'the log was on')
    t.match(server.output(), /token refused.*"signature"/)
    t.match(server.output(), /signed out/)

    const parts = token.split('.')
    t.equal(parts.length, 3)
    const never: Record<string, string[]> = {
      'the token, or a part of it': parts,
      'the name of the cookie': ['session=e'],
      'a password': [account.DEMO_PASSWORD, 'another-password'],
      'the secret, plain or as a hash': [
        SECRET,
        createHash('sha256').update(SECRET).digest('hex'),
        Buffer.from(SECRET).toString('base64url'),
      ],
      'a stack': ['\n    at ', 'node:internal', '.ts:'],
      'a path': [folder, process.cwd(), 'node_modules'],
      'a version': [process.version, process.versions.v8],
    }
    for (const [what, texts] of Object.entries(never)) {
      for (const text of texts) {
        t.notOk(server.output().includes(text), `the log holds no more than that: not ${what}`)
        t.notOk(answers.join('\n').includes(text), `no answer holds ${what}`)
      }
    }
  })
}
