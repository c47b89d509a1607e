// A link in a real browser: the button, and what the browser tells others of the page's address.
import t from 'tap'
import { linkFor, PASSWORD, signIn as signInAs, signUp, testAccounts } from '../support/accounts.ts'
import { browserTest, follow, heading, press } from '../support/browser.ts'
import { listening } from '../support/listening.ts'

browserTest(t, 'from a forgotten password to a new one', async (t, open) => {
  const server = await testAccounts()
  await signUp(server)
  const { url } = await listening(t, server.app)
  const { page, complaints } = await open()
  const sent: string[] = []
  page.on('request', async (request) => void sent.push(JSON.stringify(await request.allHeaders())))
  await page.goto(`${url}/signin`)
  await follow(page.getByText('Forgot your password?'))
  await page.getByLabel('User name').fill('ada')
  await press(page, 'Send me a link')
  t.equal(await heading(page), 'Look into your mail')
  await follow(page.locator('main').getByText('outbox'))
  await follow(page.getByText('Open the link'))
  t.equal(await heading(page), 'Choose a new password')
  const token = new URL(page.url()).searchParams.get('token') ?? ''
  t.ok(token.length > 100)
  await page.getByLabel('New password').fill('short')
  await press(page, 'Change the password')
  t.match(await page.getByRole('alert').textContent(), /must have 8 characters or more/)
  await page.getByLabel('New password').fill('battery-horse-staple')
  await press(page, 'Change the password')
  t.equal(await heading(page), 'Your password is changed')
  t.ok((await signInAs(server, 'ada', 'battery-horse-staple')).access_token)
  t.notOk((await signInAs(server, 'ada', PASSWORD)).access_token)
  await page.goto(`${url}/reset?token=${token}`)
  t.equal(await heading(page), 'This link is not good')
  await follow(page.getByText('Ask for another one'))
  t.equal(await heading(page), 'Forgot your password?')
  t.ok(sent.length > 10)
  t.notOk(
    sent.join().includes(token),
    'no request names the address of the page, in Referer or elsewhere',
  )
  t.strictSame(complaints, [])
})

browserTest(t, 'a link that is opened is not used: the button uses it', async (t, open) => {
  const server = await testAccounts()
  await signUp(server)
  const { url } = await listening(t, server.app)
  const { page } = await open({ javaScriptEnabled: false })
  const token = await linkFor(server, 'verify-email')
  await page.goto(`${url}/verify?token=${token}`)
  await page.reload()
  t.equal((await server.users.find('ada'))?.verified, false)
  await press(page, 'Yes, it was me')
  t.equal(await heading(page), 'It is verified')
  t.equal((await server.users.find('ada'))?.verified, true)
})
