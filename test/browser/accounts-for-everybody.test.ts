// The pages of the accounts server for everybody: a screen reader, a dark room, a narrow screen.
import type { Page } from 'playwright-core'
import t from 'tap'
import { call, PASSWORD, type TestAccounts, testAccounts } from '../support/accounts.ts'
import { browserTest, follow, press, signIn } from '../support/browser.ts'
import { listening } from '../support/listening.ts'
import { isForEverybody } from './is-for-everybody.ts'

const longName = 'W'.repeat(60)

type Visit = (page: Page, url: string, server: TestAccounts) => Promise<unknown>

const to =
  (path: string): Visit =>
  (page, url) =>
    page.goto(url + path)

/** Every page there is, in an order in which one visitor can see them all. */
const pages: Record<string, Visit> = {
  'the home page': to('/'),
  'a page for those who are signed in': to('/welcome'),
  'a sign-in that is refused': async (page, url) => {
    await page.goto(`${url}/signin`)
    await signIn(page, 'Ada', 'wrong')
  },
  'a sign-up that is refused': async (page, url) => {
    await page.goto(`${url}/signup`)
    await signIn(page, 'Ada', 'newpass', 'Sign up')
  },
  'two devices, of which one has a long name': async (page, _url, server) => {
    await signIn(page, 'Ada', PASSWORD, 'Sign up')
    const body = { username: 'ada', password: PASSWORD, device: longName }
    await call(server, 'POST /signin', { body })
    await page.reload()
  },
  'the home page of somebody': to('/'),
  'a page for a role': to('/welcome'),
  'a new password that is refused': async (page, url) => {
    await page.goto(`${url}/password`)
    await page.getByLabel('Current password').fill('wrong')
    await page.getByLabel('New password').fill('newpass')
    await press(page, 'Change the password')
  },
  'no client yet': to('/family'),
  'a token in its grace': async (page) => {
    await press(page, 'Sign a client in')
    await press(page, 'Client uses R1')
    await press(page, 'Client uses R2')
  },
  'a theft that was noticed': async (page, _url, server) => {
    const token = await page.locator('.plain input[value*="."]').nth(2).inputValue()
    await call(server, 'POST /refresh', { token, headers: { 'user-agent': longName } })
    await press(page, 'Thief uses R1')
  },
  'the outbox': async (page, url, server) => {
    await call(server, 'POST /reset/send', { body: { username: 'ada' } })
    await page.goto(`${url}/outbox`)
  },
  'a link for a new password': (page) => follow(page.getByText('Open the link').first()),
  'a new password, by a link, that is refused': async (page) => {
    await page.getByLabel('New password').fill('newpass')
    await press(page, 'Change the password')
  },
  'a link that was sent at the sign-up': async (page, url) => {
    await page.goto(`${url}/outbox`)
    await follow(page.getByText('Open the link').last())
  },
  'a link that was used': async (page) => await press(page, 'Yes, it was me'),
  'a link that is no good': to('/reset?token=x'),
  'a forgotten password': to('/reset/send'),
  'a link that is on its way': async (page) => {
    await page.getByLabel('User name').fill('ada')
    await press(page, 'Send me a link')
  },
  'a page that is not there': to('/nowhere'),
  'a session that was ended elsewhere': async (page, url, server) => {
    await server.users.remove('ada')
    await page.goto(`${url}/sessions`)
  },
}

browserTest(t, 'axe-core finds nothing on any page, and nothing is too wide', async (t, open) => {
  const server = await testAccounts()
  const { url } = await listening(t, server.app)
  const { page } = await open()
  for (const [what, visit] of Object.entries(pages)) {
    await visit(page, url, server)
    await isForEverybody(t, page, what)
  }
})
