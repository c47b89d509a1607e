// The whole story as a person lives it. It needs no script: it is the same with JavaScript off.
import t from 'tap'
import { browserTest, heading, press, signIn } from '../support/browser.ts'
import { testApp } from '../support/fixtures.ts'
import { listening } from '../support/listening.ts'

/** A page may not notice either: how the server is called, and whether the browser runs scripts. */
const ways = [
  { javaScriptEnabled: true, host: 'localhost' },
  { javaScriptEnabled: false, host: '127.0.0.1' },
]

for (const { javaScriptEnabled, host } of ways) {
  const name = `on ${host}, with JavaScript ${javaScriptEnabled ? 'on' : 'off'}`
  browserTest(t, name, async (t, open) => {
    const { port } = await listening(t, (await testApp()).app)
    const url = `http://${host}:${port}`
    const { page, complaints } = await open({ javaScriptEnabled })

    await page.goto(`${url}/private`)
    t.equal(await heading(page), 'Sign in first', 'a stranger gets the form')

    await signIn(page)
    t.equal(await heading(page), 'The private page')
    t.equal(await page.locator('.lead').textContent(), 'Welcome, masterbuilder')

    await page.goto(`${url}/private`)
    await page.reload()
    t.equal(await heading(page), 'The private page', 'a reload asks for no password')

    const second = await page.context().newPage()
    await second.goto(url)
    t.equal(await heading(second), 'You are signed in as masterbuilder', 'a second tab knows them')
    await press(second, 'Sign out')
    t.equal(await heading(second), 'Logged Out!')

    await page.reload()
    t.equal(await heading(page), 'Sign in first', 'and the first tab is out, too')
    t.strictSame(await page.context().cookies(), [], 'the cookie is gone')
    t.strictSame(complaints, [])
  })
}

browserTest(
  t,
  'a wrong password: the form again, with the reason at its fields',
  async (t, open) => {
    const { url } = await listening(t, (await testApp()).app)
    const { page } = await open()
    await page.goto(url)
    await signIn(page, 'masterbuilder', 'wrong')
    t.equal(await page.getByRole('alert').textContent(), 'Wrong user name or password')
    const focused = await page.evaluate('document.activeElement.id')
    t.equal(focused, await page.getByRole('alert').getAttribute('id'), 'and the focus is there')
    t.equal(await page.getByLabel('User name').inputValue(), 'masterbuilder', 'the name is kept')
    t.equal(await page.getByLabel('Password').inputValue(), '', 'the password is not')
    for (const field of ['User name', 'Password']) {
      const described = await page.getByLabel(field).getAttribute('aria-describedby')
      t.equal(described, await page.getByRole('alert').getAttribute('id'))
    }
    await signIn(page)
    t.equal(await heading(page), 'The private page', 'and then the right one')
  },
)
