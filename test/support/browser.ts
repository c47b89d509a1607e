import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import root, { type Test } from 'tap'
import { findChromium } from '../../scripts/find-program.ts'
import { launchChromium, noChromium } from '../../scripts/launch-chromium.ts'

/** A page without cookies, at which no other test looks. */
interface Visit {
  readonly page: Page
  /** What the browser complained about: blocked by our policy, broken, not found. */
  readonly complaints: string[]
}

export type OpenPage = (options?: BrowserContextOptions) => Promise<Visit>

let shared: Promise<Browser> | undefined

/** A test in a real browser: one for all tests of a process, in which each finds no cookies. */
export function browserTest(
  t: Test,
  name: string,
  run: (t: Test, open: OpenPage) => Promise<void>,
): void {
  testWith(findChromium(), noChromium, t, name, async (t, path) => {
    shared ??= launchChromium(path)
    const browser = await shared
    root.teardown(() => browser.close())
    await run(t, (options) => visit(t, browser, options))
  })
}

/**
 * A test that needs a program. Where it is missing the test is skipped, and says so;
 * with CI=true it fails instead, so that nobody takes a skipped test for a passed one.
 */
export function testWith(
  path: string | undefined,
  missing: string,
  t: Test,
  name: string,
  run: (t: Test, path: string) => Promise<void>,
): void {
  if (path !== undefined) t.test(name, (t) => run(t, path))
  else if (process.env.CI === 'true') t.fail(`${name}: ${missing}`)
  else t.test(name, { skip: missing }, () => {})
}

/** Pages that a test has left, by how they were opened: a page costs as much as five that it shows. */
const left = new Map<string, Page[]>()

async function visit(
  t: Test,
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const kind = JSON.stringify(options)
  const page = left.get(kind)?.pop() ?? (await (await browser.newContext(options)).newPage())
  t.teardown(() => leave(page, kind))
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // Other kinds of message are not complaints: that the data was cleared at sign-out, for instance.
    if (message.type() !== 'error' && message.type() !== 'warning') return
    // A page that comes with a status of 4xx is what many tests ask for.
    const refused = /^Failed to load resource: .* a status of 4\d\d/.test(message.text())
    const ofThePage = message.location().url === page.url()
    if (!(refused && ofThePage)) complaints.push(message.text())
  })
  return { page, complaints }
}

/** Closes what the test opened besides, and leaves the page as if it were new. */
async function leave(page: Page, kind: string): Promise<void> {
  if (page.isClosed()) return
  page.removeAllListeners()
  const context = page.context()
  for (const tab of context.pages()) if (tab !== page) await tab.close()
  await context.clearCookies()
  await page.goto('about:blank')
  await page.setViewportSize({ width: 1280, height: 720 })
  left.set(kind, [...(left.get(kind) ?? []), page])
}

/** Fills in the form of a page, sends it, and waits for the page that answers: a click alone does not. */
export async function signIn(
  page: Page,
  username = 'masterbuilder',
  password = 'itsnosecret',
  button = 'Sign in',
): Promise<void> {
  await page.getByLabel('User name').fill(username)
  await page.getByLabel('Password').fill(password)
  await press(page, button)
}

/** Presses a button that sends a form, and waits for the page that answers. */
export async function press(page: Page, name: string): Promise<void> {
  await follow(page.getByRole('button', { name, exact: true }))
}

/** Clicks on what leads to another page, and waits for that page. */
export async function follow(link: Locator): Promise<void> {
  await arrive(link.page(), () => link.click())
}

/** Does what leads to another page, and waits until all of it is there: a click waits for its beginning. */
export async function arrive(page: Page, act: () => Promise<unknown>): Promise<void> {
  // Waiting for `load` alone would take the one of the page before for it.
  const begun = page.waitForEvent('framenavigated', (frame) => frame === page.mainFrame())
  await Promise.all([begun, act()])
  await page.waitForLoadState()
}

/** The first heading: what the reader takes the page to be. */
export async function heading(page: Page): Promise<string | null> {
  return await page.locator('h1').textContent()
}
