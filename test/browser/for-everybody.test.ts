// Pages for everybody: a screen reader, a dark room, a narrow screen.
import type { Page } from 'playwright-core'
import t from 'tap'
import { browserTest, press, signIn } from '../support/browser.ts'
import { sessionToken, testApp } from '../support/fixtures.ts'
import { listening } from '../support/listening.ts'
import { isForEverybody } from './is-for-everybody.ts'

async function paste(page: Page, url: string, token: string) {
  await page.goto(`${url}/inspect`)
  await page.getByLabel('Token', { exact: true }).fill(token)
  await press(page, 'Take apart')
}

/** Every page there is, in an order in which one visitor can see them all. */
const pages: Record<string, (page: Page, url: string) => Promise<unknown>> = {
  'the form': (page, url) => page.goto(url),
  'the form after a wrong password': (page) => signIn(page, 'masterbuilder', 'wrong'),
  'an empty /inspect': (page, url) => page.goto(`${url}/inspect`),
  'a page that is not there': (page, url) => page.goto(`${url}/nowhere`),
  'the page after signing in': async (page, url) => {
    await page.goto(url)
    await signIn(page)
  },
  'the home page of somebody': (page, url) => page.goto(url),
  'their own token': (page, url) => page.goto(`${url}/inspect`),
  'a token without a session': (page, url) => paste(page, url, sessionToken()),
  'a token for another': (page, url) => paste(page, url, sessionToken({ aud: 'another' })),
  'no token at all': (page, url) => paste(page, url, `${'no-token-'.repeat(40)}`),
  'the page after signing out': async (page, url) => {
    await page.goto(url)
    await press(page, 'Sign out')
  },
}

browserTest(t, 'axe-core finds nothing on any page, and nothing is too wide', async (t, open) => {
  const { url } = await listening(t, (await testApp()).app)
  const { page } = await open()
  for (const [what, visit] of Object.entries(pages)) {
    await visit(page, url)
    await isForEverybody(t, page, what)
  }
})
