// S58, S108, S123, S126. A whole story with the accounts server: neither its files nor its log hold what opens a door, and no
// answer does but the one that has to.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { createApp } from '../../example/accounts/app.ts'
import { readConfig } from '../../example/accounts/config.ts'
import { createLog } from '../../example/http/log.ts'
import { serve } from '../../example/server/serve.ts'
import { overHttp } from '../integration/over-http.ts'
import { call, PASSWORD, type Pair } from '../support/accounts.ts'
import { NOW, SECRET } from '../support/fixtures.ts'
import { temporaryFolder } from '../support/folder.ts'
import { digestsOf } from '../support/traces.ts'

const newPassword = 'staple-battery-horse'
const wrongPassword = 'a-wrong-password'

/** A server on disk until `stop`, with all that it logs. */
async function started(folder: string, format: 'json' | 'people') {
  const environment = { STORE_URL: `level:${folder}`, PORT: '0', LOG_LEVEL: 'info' }
  const config = readConfig({ JWT_SECRET: SECRET, ...environment })
  let output = ''
  const now = () => NOW
  const write = (line: string) => {
    output += line
  }
  const log = createLog({ level: 'info', format, now, write })
  const { port, stop } = await serve({ config, createApp, log, now })
  return { ...overHttp(`http://127.0.0.1:${port}`), stop, log: () => output }
}

/** Signs up, refreshes, is robbed, changes the password and leaves. Gives all tokens, and all answers that are to hold none. */
async function story(server: Pick<Awaited<ReturnType<typeof started>>, 'app'>) {
  const answers: string[] = []
  const tokens: string[] = []
  const ask = async (line: string, options: Parameters<typeof call>[2] = {}) => {
    const { status, headers, body } = await call(server, line, options)
    answers.push(JSON.stringify({ status, headers, body }))
  }
  const pair = async (line: string, options: Parameters<typeof call>[2]): Promise<Pair> => {
    const { body } = await call(server, line, options)
    const given: Pair = JSON.parse(body)
    tokens.push(given.access_token, given.refresh_token)
    return given
  }
  const account = (password: string) => ({ username: 'ada', password })

  await ask('POST /signup', { body: account(PASSWORD) })
  await ask('POST /signup', { body: account(PASSWORD) })
  await ask('POST /signin', { body: account(wrongPassword) })
  await ask('POST /signin', { body: { username: PASSWORD, password: 'ada' } })
  const robbed = await pair('POST /signin', { body: account(PASSWORD) })
  const first = await pair('POST /signin', { body: account(PASSWORD) })
  const second = await pair('POST /refresh', { token: first.refresh_token })
  const token = second.access_token
  const newest = await pair('POST /refresh', { token: robbed.refresh_token })
  await pair('POST /refresh', { token: newest.refresh_token })
  await ask('POST /refresh', { token: robbed.refresh_token })
  for (const accept of ['text/html', 'application/json', '*/*']) {
    const options = { token, headers: { accept } }
    for (const path of ['/', '/welcome', '/sessions', '/password', '/users', '/family', '/nowhere'])
      await ask(`GET ${path}`, options)
    await ask(`GET /${token}`, options)
    await ask(`GET /welcome?access_token=${token}`, options)
    await ask('GET /welcome', { ...options, token: `${token}x` })
    await ask('POST /refresh', { ...options, token })
    await ask('PUT /users/ada/roles', { ...options, body: { roles: ['ADMIN'] } })
    await ask(`DELETE /sessions/${second.refresh_token}`, options)
  }
  const change = { current_password: PASSWORD, new_password: newPassword }
  await ask('POST /password', { token, body: { ...change, current_password: wrongPassword } })
  await ask('POST /password', { token, body: change })
  await ask('POST /sessions/end', { token, body: { id: 'others' } })
  await ask('POST /logout', { token, body: {} })
  await ask('GET /welcome', { token })
  return { tokens, answers }
}

const passwords = [PASSWORD, newPassword, wrongPassword, SECRET]

for (const format of ['json', 'people'] as const) {
  t.test(`with a log for ${format === 'json' ? 'machines' : 'people'}`, async (t: Test) => {
    const folder = join(temporaryFolder(t), 'data')
    const server = await started(folder, format)
    const { tokens, answers } = await story(server)
    await server.stop()
    t.equal(new Set(tokens).size, 10, 'five pairs')
    const parts = [...new Set(tokens.flatMap((token) => token.split('.').slice(1)))]

    t.test(
      'the files of LevelDB hold no token, no password, nor a quick hash of one',
      async (t) => {
        const files = readdirSync(folder).filter((name) => name !== 'secret')
        const bytes = files.map((name) => readFileSync(join(folder, name), 'latin1')).join('\n')
        t.ok(bytes.includes('"subject":"ada"'), 'the records are there to be read')
        t.ok(bytes.includes('"hash":"$argon2id$v=19$m=19456,t=2,p=1$'))
        for (const text of [...parts, ...tokens.flatMap(digestsOf)]) t.notOk(bytes.includes(text))
        for (const text of [...passwords, ...passwords.flatMap(digestsOf)])
          t.notOk(bytes.includes(text))
      },
    )

    t.test('the log tells what happened, and holds none of them, nor a hash', async (t) => {
      const log = server.log()
      for (const event of [
        'signed up',
        'sign-in failed',
        'refresh token reused',
        'forbidden',
        'password changed',
        'signed out',
      ])
        t.ok(log.includes(event), event)
      for (const text of [...parts, ...passwords, '$argon2', folder, '.ts:'])
        t.notOk(log.includes(text))
    })

    t.test('nor does any answer that is not for them', async (t) => {
      const all = answers.join('\n')
      for (const text of [...parts, newPassword, wrongPassword, SECRET, '$argon2', folder, '.ts:'])
        t.notOk(all.includes(text), text)
    })
  })
}
