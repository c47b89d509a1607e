import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { temporaryFolder } from '../support/folder.ts'
import { startServer } from '../support/process.ts'
import { signIn, signOut, visit } from './client.ts'

t.test('sessions and secret outlive the process', async (t) => {
  const folder = join(temporaryFolder(t), 'data')
  const start = async () => {
    // No secret is given: the first start makes one, and every later start must find it.
    const server = await startServer({ STORE_URL: `level:${folder}`, JWT_SECRET: '' })
    t.teardown(() => server.end('SIGKILL'))
    return server
  }

  const first = await start()
  const secret = readFileSync(join(folder, 'secret'), 'utf8')
  const [stays = '', leaves = ''] = [await signIn(first.url), await signIn(first.url)]
  t.equal(await signOut(first.url, leaves), 200)
  t.equal(await first.end('SIGHUP'), 0, 'the terminal was closed')

  const second = await start()
  t.test('who was signed in is signed in after a restart', async (t) => {
    t.equal(await visit(second.url, stays), 200)
  })

  t.test('who had signed out stays signed out', async (t) => {
    t.equal(await visit(second.url, leaves), 401)
    t.equal(await signOut(second.url, leaves), 401)
  })

  t.test(
    "the secret that the first start made is still the same, and its owner's alone",
    async (t) => {
      t.equal(readFileSync(join(folder, 'secret'), 'utf8'), secret)
      t.equal(statSync(join(folder, 'secret')).mode & 0o777, 0o600)
    },
  )

  t.test('the secret is printed nowhere', async (t) => {
    t.notOk(`${first.output()}${second.output()}`.includes(secret.trim()))
  })

  t.test('a sign-out after the restart holds after the next one', async (t) => {
    t.equal(await signOut(second.url, stays), 200)
    t.equal(await second.end('SIGINT'), 0, 'Ctrl-C')
    const third = await start()
    t.equal(await visit(third.url, stays), 401)
  })
})
