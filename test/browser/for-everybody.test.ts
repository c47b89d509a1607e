// Pages for everybody: no mouse, a screen reader, a narrow screen, a dark room.
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import t from 'tap'
import { browserTest, heading, signIn } from '../support/browser.ts'
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

/** In the dark only the colors are others. */
const rules = { light: '{}', dark: "{ runOnly: ['color-contrast'] }" }

for (const colorScheme of ['light', 'dark'] as const) {
  browserTest(t, `axe-core finds nothing on any page, ${colorScheme}`, async (t, open) => {
    const { url } = await listening(t, (await testApp()).app)
    // Without the bypass our own policy would keep axe-core out: that is what it is for.
    const { page } = await open({ colorScheme, bypassCSP: true })
    for (const [what, visit] of Object.entries(pages)) {
      await visit(page, url)
      await page.addScriptTag({ content: axe.source })
      const { passes, violations } = await page.evaluate<Findings>(`axe.run(${rules[colorScheme]})`)
      t.not(passes.length, 0, `${what}: it has looked`)
      t.strictSame(violations.map(summary), [], what)
    }
  })
}

interface Findings {
  readonly passes: readonly unknown[]
  readonly violations: readonly Violation[]
}

interface Violation {
  readonly id: string
  readonly help: string
  readonly nodes: ReadonlyArray<{ readonly target: unknown }>
}

const summary = ({ id, help, nodes }: Violation) =>
  `${id}: ${help}: ${JSON.stringify(nodes.map(({ target }) => target))}`

browserTest(t, 'at 320 pixels nothing has to be moved sideways', async (t, open) => {
  const { url } = await listening(t, (await testApp()).app)
  const { page } = await open({ viewport: { width: 320, height: 640 } })
  for (const [what, visit] of Object.entries(pages)) {
    await visit(page, url)
    t.equal(await page.evaluate('document.documentElement.scrollWidth'), 320, what)
  }
})

/** The element that has the focus: what it is, and whether a person can see that. */
const focused = (page: Page) =>
  page.evaluate<{ name: string; visible: boolean }>(`(() => {
    const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement)
    const { id, innerText } = document.activeElement
    const visible = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2
    return { name: id || innerText.split('\\n')[0], visible }
  })()`)

async function tabTo(page: Page, name: string): Promise<string[]> {
  const seen: string[] = []
  while (seen.at(-1) !== name && seen.length < 50) {
    await page.keyboard.press('Tab')
    const at = await focused(page)
    seen.push(at.visible ? at.name : `${at.name} (not to be seen)`)
  }
  return seen
}

browserTest(t, 'with the keyboard alone: in, around and out', async (t, open) => {
  const { url } = await listening(t, (await testApp()).app)
  const { page } = await open()
  await page.goto(url)
  const site = ['Skip to the content', 'Learn JSON Web Tokens', 'Home', 'Private page', 'Inspect']
  t.strictSame(await tabTo(page, 'username'), [...site, 'username'], 'each in its turn, and seen')
  await page.keyboard.type('masterbuilder')
  await page.keyboard.press('Tab')
  await page.keyboard.type('itsnosecret')
  await Promise.all([page.waitForURL('**/auth'), page.keyboard.press('Enter')])
  t.equal(await heading(page), 'The private page')

  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  t.equal(await page.evaluate('document.activeElement.id'), 'main', 'the skip link leads there')
  t.notOk((await tabTo(page, 'Sign out')).some((name) => name.includes('not to be seen')))
  await Promise.all([page.waitForURL('**/logout'), page.keyboard.press('Enter')])
  t.equal(await heading(page), 'Logged Out!')
})

browserTest(t, 'every stop of the keyboard on /inspect can be seen', async (t, open) => {
  const { url } = await listening(t, (await testApp()).app)
  const { page } = await open()
  await page.goto(url)
  await signIn(page)
  await page.goto(`${url}/inspect`)
  const stops = await tabTo(page, 'Take apart')
  t.equal(stops.at(-1), 'Take apart')
  t.equal(stops.filter((name) => name.startsWith('Without this check')).length, 17)
  t.strictSame(
    stops.filter((name) => name.includes('not to be seen')),
    [],
  )
})
