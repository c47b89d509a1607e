// What people do next: Back, reload, F5. Nothing that they typed before may be sent once more.
// Browsers keep pages and answers in their own ways, so two of them walk the same path.
import t, { type Test } from 'tap'
import { demoAccount } from '../../example/sessions/config.ts'
import { browserTest, heading, press, signIn } from '../support/browser.ts'
import { firefoxTest } from '../support/firefox.ts'
import { testApp } from '../support/fixtures.ts'
import { listening } from '../support/listening.ts'

interface Visitor {
  goto(url: string): Promise<unknown>
  signIn(): Promise<unknown>
  signOut(): Promise<unknown>
  reload(): Promise<unknown>
  goBack(): Promise<unknown>
  url(): Promise<unknown>
  heading(): Promise<unknown>
  cookies(): Promise<unknown[]>
}

async function walk(t: Test, visitor: Visitor): Promise<void> {
  const { app, store } = await testApp()
  const { url } = await listening(t, app)
  const sessions = async () => {
    const found = []
    for await (const { id } of store.list('session', 'masterbuilder')) found.push(id)
    return found.length
  }
  await visitor.goto(url)
  await visitor.signIn()
  t.equal(await visitor.url(), `${url}/private`, 'the browser was sent on')
  await visitor.reload()
  t.equal(await visitor.heading(), 'The private page')
  t.equal(await sessions(), 1, 'F5 began no second session')

  await visitor.signOut()
  t.equal(await visitor.url(), `${url}/signed-out`)
  await visitor.reload()
  t.equal(await visitor.heading(), 'Logged Out!', 'F5 sends nothing there, either')
  await visitor.goBack()
  await visitor.reload()
  t.equal(await visitor.heading(), 'Sign in first', 'Back and reload do not sign in again')
  await visitor.goBack()
  await visitor.reload()
  t.equal(await visitor.heading(), 'One token, one session record')
  t.strictSame(await visitor.cookies(), [])
  t.equal(await sessions(), 1)
}

browserTest(t, 'sign in, sign out, Back, reload: signed out for good', async (t, open) => {
  const { page, complaints } = await open()
  await walk(t, {
    goto: (url) => page.goto(url),
    signIn: () => signIn(page),
    signOut: () => press(page, 'Sign out'),
    reload: () => page.reload(),
    goBack: () => page.goBack(),
    url: async () => page.url(),
    heading: () => heading(page),
    cookies: () => page.context().cookies(),
  })
  t.strictSame(complaints, [])
})

firefoxTest(t, 'the same in Firefox', async (t, tab) => {
  await walk(t, {
    goto: (url) => tab.goto(url),
    signIn: () => tab.send('/auth', demoAccount),
    signOut: () => tab.send('/logout'),
    reload: () => tab.reload(),
    goBack: () => tab.goBack(),
    url: () => tab.evaluate('location.href'),
    heading: () => tab.evaluate('document.querySelector("h1").textContent'),
    cookies: () => tab.cookies(),
  })
})
