// /inspect is the lesson in one page: a token taken apart, every check, and the record behind it.
import type { Page } from 'playwright-core'
import t from 'tap'
import { browserTest, follow, heading, press, signIn } from '../support/browser.ts'
import { testApp } from '../support/fixtures.ts'
import { listening } from '../support/listening.ts'

const verdict = (page: Page) => page.locator('.verdict').innerText()
const failed = (page: Page) => page.locator('.checks .failed code').first().textContent()
const answers = (page: Page) => page.locator('.answers .answer').allInnerTexts()
const count = (page: Page, result: string) => page.locator(`.checks .${result}`).count()

async function paste(page: Page, token: string) {
  await page.getByLabel('Token', { exact: true }).fill(token)
  await press(page, 'Take apart')
}

browserTest(t, 'their own token, then a copy of it after signing out', async (t, open) => {
  const { url } = await listening(t, (await testApp()).app)
  const { page, complaints } = await open()
  await page.goto(`${url}/inspect`)
  t.equal(await heading(page), 'Take a token apart', 'a stranger has none')
  await page.goto(url)
  await signIn(page)
  await follow(page.getByRole('link', { name: 'Inspect', exact: true }))
  t.equal(await heading(page), 'Your token, taken apart')
  t.match(await verdict(page), /accepted: every check holds and its session is live/)
  t.strictSame(await answers(page), ['✓ hold', '✓ live'])
  t.equal(await count(page, 'passed'), 17)
  t.match(await page.locator('table').innerText(), /valid\s+true/, 'the record says so')

  const copied = await page.getByLabel('Token', { exact: true }).inputValue()
  const cookie = (await page.context().cookies())[0]?.value
  t.equal(copied, cookie, 'what they copy is what the cookie holds')
  t.equal((await page.locator('p.token').innerText()).replace(/\s/g, ''), copied)

  await page.goto(`${url}/private`)
  await press(page, 'Sign out')
  const res = await fetch(`${url}/private`, { headers: { authorization: `Bearer ${copied}` } })
  t.equal(res.status, 401, 'the copied token is refused')

  await page.goto(`${url}/inspect`)
  await paste(page, copied)
  t.equal(await heading(page), 'The pasted token, taken apart')
  t.equal(await count(page, 'passed'), 17, 'every check still holds')
  t.match(await verdict(page), /refused: every check holds, but its session is not live/)
  t.strictSame(await answers(page), ['✓ hold', '✗ not live'])
  t.match(await page.locator('table').innerText(), /valid\s+false/)
  t.strictSame(complaints, [])
})

browserTest(t, 'a changed token: the page says which check it failed', async (t, open) => {
  const { url } = await listening(t, (await testApp()).app)
  const { page } = await open()
  await page.goto(url)
  await signIn(page)
  await page.goto(`${url}/inspect`)
  const token = await page.getByLabel('Token', { exact: true }).inputValue()
  const [header = '', payload = '', signature = ''] = token.split('.')
  const other = signature.startsWith('A') ? 'B' : 'A'
  const admin = Buffer.from(payload, 'base64url').toString().replace('masterbuilder', 'admin')
  const none = Buffer.from('{"alg":"none","typ":"session+jwt"}').toString('base64url')
  const changed: Record<string, [token: string, check: string]> = {
    'another signature': [`${header}.${payload}.${other}${signature.slice(1)}`, 'signature'],
    'another name': [
      `${header}.${Buffer.from(admin).toString('base64url')}.${signature}`,
      'signature',
    ],
    'without its signature': [`${header}.${payload}.`, 'signature'],
    'half of it': [token.slice(0, token.length / 2), 'form'],
  }
  for (const [what, [pasted, check]] of Object.entries(changed)) {
    await page.goto(`${url}/inspect`)
    await paste(page, pasted)
    t.equal(await failed(page), check, what)
    t.ok((await verdict(page)).includes(`refused: the check "${check}" fails`), what)
    t.equal(await count(page, 'failed'), 1)
    await follow(page.getByRole('link', { name: /Signature and claims/ }))
    t.ok(page.url().endsWith(`#check-${check}`), 'the answer leads to what decided')
    t.ok(await page.locator(`#check-${check} .reason`).isVisible(), 'and that is open')
    t.match(await page.locator('main').innerText(), /no record to show/, 'and looks nothing up')
  }

  await page.goto(`${url}/inspect`)
  await paste(page, `Bearer ${none}.${payload}.`)
  t.match(await page.locator('main').innerText(), /such as the word Bearer, .* was taken off/)
  t.match(await verdict(page), /it is unsecured, so anybody may have written it/)
})
