// S123: whoever steals the store's files finds who was here and when, and nothing that opens a door.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { openStore } from '../../example/store/open.ts'
import { formType, SECRET, testApp } from '../support/fixtures.ts'
import { temporaryFolder } from '../support/folder.ts'
import { ask } from '../support/mock-http.ts'
import { tracesOf } from '../support/traces.ts'

const password = 'correct-horse-battery'
const environment = { DEMO_USER: 'ada', DEMO_PASSWORD: password }

/** Two sign-ins, one wrong guess and one logout, written to disk. Gives the tokens. */
async function storyIn(folder: string): Promise<string[]> {
  const store = await openStore(`level:${folder}`)
  const { app } = await testApp({ environment, store })
  const post = async (url: string, headers: Record<string, string>, body = '') =>
    (await ask(app, { method: 'POST', url, headers, body })).headers.authorization ?? ''
  await post('/auth', formType, 'username=ada&password=a-wrong-password')
  const tokens = [
    await post('/auth', formType, `username=ada&password=${password}`),
    await post('/auth', formType, `username=ada&password=${password}`),
  ]
  await post('/logout', { cookie: `session=${tokens[0]}` })
  await store.close()
  return tokens
}

t.test('no byte of the files is a token, a password, a secret or a hash of one', async (t) => {
  const folder = join(temporaryFolder(t), 'data')
  const tokens = await storyIn(folder)
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'))
  const bytes = files.join('\n')
  for (const text of ['"subject":"ada"', '"valid":true', '"valid":false'])
    t.ok(bytes.includes(text), 'the records are there to be read')
  for (const token of tokens) t.equal(token.split('.').length, 3)
  for (const secret of [...tokens, password, 'a-wrong-password', SECRET])
    for (const trace of tracesOf(secret)) t.notOk(bytes.includes(trace))
})
