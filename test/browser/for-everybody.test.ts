// Pages for everybody: a screen reader, a dark room, a narrow screen.
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import t from 'tap'
import { browserTest, signIn } from '../support/browser.ts'
import { sessionToken, testApp } from '../support/fixtures.ts'
import { listening } from '../support/listening.ts'

async function paste(page: Page, url: string, token: string) {
  await page.goto(`${url}/inspect`)
  await page.getByLabel('Token', { exact: true }).fill(token)
  await page.getByRole('button', { name: 'Take apart' }).click()
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
    await page.getByRole('button', { name: 'Sign out' }).click()
  },
}

browserTest(t, 'axe-core finds nothing on any page, and nothing is too wide', async (t, open) => {
  const { url } = await listening(t, (await testApp()).app)
  // Without the bypass our own policy would keep axe-core out: that is what it is for.
  const { page } = await open({ bypassCSP: true })
  for (const [what, visit] of Object.entries(pages)) {
    await visit(page, url)
    await page.addScriptTag({ content: axe.source })
    t.strictSame(await violations(page, 'axe.run()'), [], what)

    await page.emulateMedia({ colorScheme: 'dark' })
    const colors = await violations(page, "axe.run({ runOnly: ['color-contrast'] })")
    t.strictSame(colors, [], `${what}, in the dark`)
    await page.emulateMedia({ colorScheme: 'light' })

    await page.setViewportSize({ width: 320, height: 640 })
    const width = await page.evaluate('document.documentElement.scrollWidth')
    t.equal(width, 320, `${what}, 320 pixels wide: nothing has to be moved sideways`)
    await page.setViewportSize({ width: 1200, height: 800 })
  }
})

interface Findings {
  readonly passes: readonly unknown[]
  readonly violations: readonly Violation[]
}

interface Violation {
  readonly id: string
  readonly help: string
  readonly nodes: ReadonlyArray<{ readonly target: unknown }>
}

async function violations(page: Page, run: string): Promise<string[]> {
  const { passes, violations } = await page.evaluate<Findings>(run)
  if (passes.length === 0) return ['axe-core has not looked at anything']
  return violations.map(({ id, help, nodes }) => {
    const where = nodes.map(({ target }) => JSON.stringify(target)).join(' ')
    return `${id}: ${help}: ${where}`
  })
}
