// Without a mouse: every stop of the Tab key can be seen, and all that can be clicked can be reached.
import t from 'tap'
import { arrive, browserTest, heading, signIn } from '../support/browser.ts'
import { testApp } from '../support/fixtures.ts'
import { listening } from '../support/listening.ts'
import { tabTo } from './keyboard.ts'

browserTest(t, 'with the keyboard alone: in, around and out', async (t, open) => {
  const { url } = await listening(t, (await testApp()).app)
  const { page } = await open()
  await page.goto(url)
  const site = ['Skip to the content', 'Learn JSON Web Tokens', 'Home', 'Private page', 'Inspect']
  t.strictSame(await tabTo(page, 'username'), [...site, 'username'], 'each in its turn, and seen')
  await page.keyboard.type('masterbuilder')
  await page.keyboard.press('Tab')
  await page.keyboard.type('itsnosecret')
  await arrive(page, () => page.keyboard.press('Enter'))
  t.equal(await heading(page), 'The private page')

  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  t.equal(await page.evaluate('document.activeElement.id'), 'main', 'the skip link leads there')
  await page.goto(`${url}/home`)
  t.notOk((await tabTo(page, 'Sign out')).some((name) => name.includes('not to be seen')))
  await arrive(page, () => page.keyboard.press('Enter'))
  t.equal(await heading(page), 'Logged Out!')
})

browserTest(t, 'every stop of the keyboard on /inspect can be seen', async (t, open) => {
  const { url } = await listening(t, (await testApp()).app)
  const { page } = await open()
  await page.goto(url)
  await signIn(page)
  await page.goto(`${url}/inspect`)
  const stops = await tabTo(page, 'check-identifiers')
  for (const stop of ['pasted', 'Take apart']) t.ok(stops.includes(stop), stop)
  t.equal(stops.filter((name) => name.startsWith('check-')).length, 17, 'each check unfolds')
  t.strictSame(
    stops.filter((name) => name.includes('not to be seen')),
    [],
  )
})
