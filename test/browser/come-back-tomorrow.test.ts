// A session outlives the server and the browser: one has its record on disk, the other its cookie.
import { join } from 'node:path'
import t from 'tap'
import { browserTest, heading, press, signIn } from '../support/browser.ts'
import { temporaryFolder } from '../support/folder.ts'
import { startServer } from '../support/process.ts'

browserTest(
  t,
  'after a restart of both, still signed in; after signing out, never',
  async (t, open) => {
    const settings = { STORE_URL: `level:${join(temporaryFolder(t), 'data')}`, LOG_LEVEL: 'silent' }
    const first = await startServer(settings)
    t.teardown(() => first.end())
    const evening = await open()
    await evening.page.goto(first.url)
    await signIn(evening.page)
    t.equal(await heading(evening.page), 'The private page')
    const [cookie] = await evening.page.context().cookies()
    const aWeek = Math.floor(Date.now() / 1000) + 7 * 86_400
    t.ok(Math.abs((cookie?.expires ?? 0) - aWeek) < 3600, 'the cookie is kept for a week')
    const kept = await evening.page.context().storageState()
    await evening.page.context().close()
    await first.end()

    const second = await startServer(settings)
    t.teardown(() => second.end())
    const morning = await open({ storageState: kept })
    await morning.page.goto(`${second.url}/private`)
    t.equal(await heading(morning.page), 'The private page', 'the next day, no password')
    await press(morning.page, 'Sign out')
    t.equal(await heading(morning.page), 'Logged Out!')
    const thief = await open({ storageState: kept })
    await thief.page.goto(`${second.url}/private`)
    t.equal(await heading(thief.page), 'Sign in first', 'the kept cookie is worth nothing')
  },
)
