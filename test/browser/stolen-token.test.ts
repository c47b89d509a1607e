// The exhibit of the accounts server: somebody steals R1, uses it, and sees the server notice.
import type { Page } from 'playwright-core'
import t from 'tap'
import { PASSWORD, testAccounts } from '../support/accounts.ts'
import { arrive, browserTest, follow, heading, press, signIn } from '../support/browser.ts'
import { listening } from '../support/listening.ts'
import { tabTo } from './keyboard.ts'

const answers = (page: Page) => page.locator('.answers .answer').allInnerTexts()
const verdict = (page: Page) => page.locator('.verdict').innerText()
const trail = (page: Page) => page.locator('section', { hasText: 'Who used which' }).locator('li p')

async function begin(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/signup`)
  await signIn(page, 'Ada', PASSWORD, 'Sign up')
  await follow(page.getByRole('link', { name: 'Steal a token' }))
  await press(page, 'Sign a client in')
}

browserTest(t, 'a stolen token is noticed, with JavaScript off', async (t, open) => {
  const server = await testAccounts()
  const { url } = await listening(t, server.app)
  const { page, complaints } = await open({ javaScriptEnabled: false })
  await begin(page, url)
  t.strictSame(await answers(page), ['✓ live', '✓ 200'])
  await press(page, 'Client uses R1')
  await press(page, 'Thief uses R1')
  t.match(await verdict(page), /got R2 again, the very same/, 'within the grace')
  t.strictSame(await answers(page), ['✓ live', '✓ 200'])
  server.clock.now += 10
  await press(page, 'Thief uses R1')
  t.match(await verdict(page), /^The thief used R1, which had been used before\./)
  t.strictSame(await answers(page), ['✗ ended', '✗ 401'])
  t.strictSame(await trail(page).allInnerTexts(), [
    'The client used R1. It brought R2.',
    'The thief used R1. It brought R2 again, within the grace.',
    'The thief used R1. Noticed: the family has ended.',
  ])
  const alarms = server.events.filter(({ event }) => event === 'refresh token reused')
  t.equal(alarms.length, 1)
  await press(page, 'Begin again')
  t.strictSame(await answers(page), ['✓ live', '✓ 200'])
  t.strictSame(complaints, [])
})

browserTest(
  t,
  'the access token is refused with it, although its signature holds',
  async (t, open) => {
    const { url } = await listening(t, (await testAccounts()).app)
    const { page } = await open()
    await begin(page, url)
    for (const button of ['Thief uses R1', 'Thief uses R2', 'Client uses R1'])
      await press(page, button)
    const token = await page.locator('#access input').inputValue()
    const res = await fetch(`${url}/welcome`, { headers: { authorization: `Bearer ${token}` } })
    t.equal(res.status, 401)
    await press(page, 'Inspect the access token')
    t.equal(await heading(page), 'The pasted token, taken apart')
    t.strictSame(await answers(page), ['✓ hold', '✗ not live'])
  },
)

browserTest(t, 'Back and reload use no token once more', async (t, open) => {
  const { url } = await listening(t, (await testAccounts()).app)
  const { page } = await open()
  await begin(page, url)
  await press(page, 'Client uses R1')
  await press(page, 'Client uses R2')
  await page.reload()
  await page.goBack()
  await page.reload()
  t.equal(await trail(page).count(), 2)
})

browserTest(t, 'with the keyboard alone: the next button is near the last one', async (t, open) => {
  const { url } = await listening(t, (await testAccounts()).app)
  const { page } = await open()
  await begin(page, url)
  await tabTo(page, 'Client uses R1')
  await arrive(page, () => page.keyboard.press('Enter'))
  const stops = await tabTo(page, 'Client uses R2')
  t.strictSame(stops.slice(2), ['Client uses R1', 'Thief uses R1', 'Inspect', 'Client uses R2'])
})
