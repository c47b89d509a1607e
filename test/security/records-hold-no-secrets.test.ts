// S123: whoever steals the store's files finds who was here and when, and nothing that opens a door.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { openStore } from '../../example/store/open.ts'
import { decode } from '../../example/token/decode.ts'
import { formType, NOW, SECRET, testApp } from '../support/fixtures.ts'
import { temporaryFolder } from '../support/folder.ts'
import { ask } from '../support/mock-http.ts'

const password = 'correct-horse-battery'
const environment = { DEMO_USER: 'ada', DEMO_PASSWORD: password }

/** Two sign-ins, one wrong guess and one logout, written to disk. */
async function storyIn(
  folder: string,
): Promise<{ tokens: string[]; records: Array<{ valid: boolean }> }> {
  const store = await openStore(`level:${folder}`)
  const { app } = await testApp({ environment, store })
  const post = async (url: string, headers: Record<string, string>, body = '') =>
    (await ask(app, { method: 'POST', url, headers, body })).headers.authorization ?? ''
  const form = { ...formType, 'user-agent': 'a browser' }
  await post('/auth', form, 'username=ada&password=a-wrong-password')
  const tokens = [
    await post('/auth', form, `username=ada&password=${password}`),
    await post('/auth', form, `username=ada&password=${password}`),
  ]
  await post('/logout', { cookie: `session=${tokens[0]}` })
  const records: Array<{ valid: boolean }> = []
  for await (const { value } of store.list('session', 'ada')) records.push(JSON.parse(value))
  await store.close()
  return { tokens, records }
}

const digests = (text: string) =>
  (['md5', 'sha1', 'sha256', 'sha512'] as const).flatMap((algorithm) =>
    (['hex', 'base64', 'base64url', 'binary'] as const).map((encoding) =>
      createHash(algorithm).update(text).digest(encoding),
    ),
  )

const byValid = (a: { valid: boolean }, b: { valid: boolean }) => Number(a.valid) - Number(b.valid)

t.test('a record has these members and no other', async (t) => {
  const { tokens, records } = await storyIn(join(temporaryFolder(t), 'data'))
  const [ended, live] = tokens.map((token) => decode(token).claims?.jti)
  const record = {
    subject: 'ada',
    createdAt: NOW,
    expiresAt: NOW + 604_800,
    agent: 'a browser',
    address: '192.0.2.1',
  }
  t.strictSame(records.sort(byValid), [
    { id: ended, valid: false, ...record },
    { id: live, valid: true, ...record },
  ])
})

t.test('no byte of the files is a token, a password, a secret or a hash of one', async (t) => {
  const folder = join(temporaryFolder(t), 'data')
  const { tokens } = await storyIn(folder)
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'))
  const bytes = files.join('\n')
  t.ok(bytes.includes('"subject":"ada"'), 'the records are there to be read')
  for (const token of tokens) {
    t.equal(token.split('.').length, 3)
    for (const text of [token, ...token.split('.'), ...digests(token)])
      t.notOk(bytes.includes(text))
  }
  for (const secret of [password, 'a-wrong-password', SECRET])
    for (const text of [secret, ...digests(secret)]) t.notOk(bytes.includes(text))
})
