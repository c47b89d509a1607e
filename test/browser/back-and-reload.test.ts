// What people do next: Back, reload, F5. Nothing that they typed before may be sent once more.
import t from 'tap'
import { browserTest, heading, signIn } from '../support/browser.ts'
import { testApp } from '../support/fixtures.ts'
import { listening } from '../support/listening.ts'

browserTest(t, 'sign in, sign out, Back, reload: signed out for good', async (t, open) => {
  const { app, store } = await testApp()
  const { url } = await listening(t, app)
  const sessions = async () => {
    const found = []
    for await (const { id } of store.list('session', 'masterbuilder')) found.push(id)
    return found.length
  }
  const { page, complaints } = await open()
  await page.goto(url)
  await signIn(page)
  t.equal(page.url(), `${url}/private`, 'the browser was sent on')
  await page.reload()
  t.equal(await heading(page), 'The private page')
  t.equal(await sessions(), 1, 'F5 began no second session')

  await page.getByRole('button', { name: 'Sign out' }).click()
  t.equal(page.url(), `${url}/signed-out`)
  await page.reload()
  t.equal(await heading(page), 'Logged Out!', 'F5 sends nothing there, either')
  await page.goBack()
  await page.reload()
  t.equal(await heading(page), 'Sign in first', 'Back and reload do not sign in again')
  await page.goBack()
  await page.reload()
  t.equal(await heading(page), 'One token, one session record')
  t.strictSame(await page.context().cookies(), [])
  t.equal(await sessions(), 1)
  t.strictSame(complaints, [])
})
