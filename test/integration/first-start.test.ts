import { join } from 'node:path'
import t from 'tap'
import { temporaryFolder } from '../support/folder.ts'
import { startServer } from '../support/process.ts'
import { signIn, signOut, visit } from './client.ts'

t.test('the first start, with nothing set, tells people what to do', async (t) => {
  const folder = join(temporaryFolder(t), 'data')
  const server = await startServer({ STORE_URL: `level:${folder}`, JWT_SECRET: '' })
  t.teardown(() => server.end('SIGKILL'))
  const port = new URL(server.url).port

  t.test('where it is, who may sign in, and three things to try', async (t) => {
    t.match(server.output(), new RegExp(`^Ready at http://localhost:${port}$`, 'm'))
    t.match(server.output(), /1\. .*masterbuilder with the password itsnosecret/)
    t.match(server.output(), new RegExp(`2\\. .*http://localhost:${port}/inspect`))
    t.match(server.output(), /3\. Copy it, sign out/)
  })

  t.test('the address and the account that it printed work', async (t) => {
    const token = await signIn(server.url)
    t.equal(await visit(server.url, token), 200)
    t.equal((await fetch(`${server.url}/inspect`)).status, 200)
  })

  t.test('its log is for people: a time and a few words', async (t) => {
    t.equal(await server.end(), 0)
    t.match(server.output(), /^\d\d:\d\d:\d\d {2}signed in {2}subject="masterbuilder"/m)
    t.match(server.output(), /^\d\d:\d\d:\d\d {2}GET \/private {2}status=200 milliseconds=\d+$/m)
  })
})

t.test('in production', async (t) => {
  const account = { username: 'ada', password: 'a phrase for tests, and for nothing else' }
  const server = await startServer({
    NODE_ENV: 'production',
    STORE_URL: `level:${join(temporaryFolder(t), 'data')}`,
    DEMO_USER: account.username,
    DEMO_PASSWORD: account.password,
  })
  t.teardown(() => server.end('SIGKILL'))

  t.test('it says where it is, and nothing else', async (t) => {
    t.match(server.output(), /^Ready at http:\/\/127\.0\.0\.1:\d+\n$/)
  })

  const token = await signIn(server.url, account)
  t.test('nothing teaches: no /inspect, no account on the page', async (t) => {
    t.equal((await fetch(`${server.url}/inspect`)).status, 404)
    const page = await (await fetch(server.url, { headers: { accept: 'text/html' } })).text()
    t.notMatch(page, /inspect|practice|itsnosecret/)
  })

  t.test('its log is for machines: JSON, line by line', async (t) => {
    t.equal(await signOut(server.url, token), 200)
    await fetch(`${server.url}/private?access_token=${token}`)
    t.equal(await server.end(), 0)
    const [ready, ...lines] = server.output().trimEnd().split('\n')
    t.match(ready, /^Ready at /)
    const events = lines.map((line) => JSON.parse(line))
    t.ok(events.every(({ time, level }) => /^\d{4}-.*Z$/.test(time) && level === 'info'))
    const told = new Set(events.map(({ event }) => event))
    for (const event of ['signed in', 'signed out', 'GET /inspect', 'GET /private', 'stopping'])
      t.ok(told.has(event), event)
  })

  t.test('and holds no token, no password and no query', async (t) => {
    t.notMatch(server.output(), /eyJ|phrase|access_token/)
  })
})

t.test('settings in .env are read, and what the environment says stands', async (t) => {
  const lines = ['PORT=1', 'STORE_URL=memory:', 'LOG_LEVEL=silent', 'DEMO_USER=ada', '']
  const folder = temporaryFolder(t, { '.env': lines.join('\n') })
  const server = await startServer({ PORT: '0' }, { folder })
  t.teardown(() => server.end('SIGKILL'))
  t.not(new URL(server.url).port, '1')
  t.match(server.output(), /sign in as ada\./)
})
