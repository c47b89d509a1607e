import t from 'tap'
import { appOfAda, liveSession, sessionToken, testApp } from '../../../support/fixtures.ts'
import { ask } from '../../../support/mock-http.ts'

const url = '/signed-out'
const headers = { cookie: `session=${sessionToken()}` }

t.test('GET /signed-out', async (t) => {
  t.test('says what has happened to whoever is out', async (t) => {
    const { app, store } = await testApp()
    for (const parts of [{ url }, { url, headers }]) {
      const res = await ask(app, parts)
      t.equal(res.status, 200)
      t.match(res.body, /<h1>Logged Out!<\/h1>/)
    }
    await liveSession(store, { valid: false })
    t.equal((await ask(app, { url, headers })).status, 200, 'with the old token, too')
  })

  t.test('sends home whoever is signed in: it would not be true', async (t) => {
    const { app } = await appOfAda()
    t.hasStrict(await ask(app, { url, headers }), { status: 303, headers: { location: '/home' } })
  })
})
