// S83, S84 with a real browser: other sites hold forms that post to us. The browser itself says
// where they come from, and no page can make it lie.
import t, { type Test } from 'tap'
import { browserTest, follow, heading, press, signIn } from '../support/browser.ts'
import { testApp } from '../support/fixtures.ts'
import { listening } from '../support/listening.ts'

/** Another site: its page holds our forms, and our page in a frame. */
async function otherSite(t: Test, target: string): Promise<number> {
  const page = `<!doctype html><title>Win a prize</title>
    <form method="post" action="${target}/auth">
      <input name="username" value="masterbuilder"><input name="password" value="itsnosecret">
      <button>Sign in</button></form>
    <form method="post" action="${target}/logout"><button>Sign out</button></form>
    <a href="${target}/private">Private page</a> <a href="${target}/logout">Log out</a>
    <iframe src="${target}/home"></iframe>`
  const { port } = await listening(t, async (_req, res) => {
    res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    res.end(page)
  })
  return port
}

/** Browsers count another port as another origin on the same site, another host as another site. */
const attackers = { 'another port': 'localhost', 'another host': '127.0.0.1' }

for (const [who, host] of Object.entries(attackers)) {
  browserTest(t, `a page on ${who}`, async (t, open) => {
    const { app, store } = await testApp()
    const { port } = await listening(t, app)
    const own = `http://localhost:${port}`
    const evil = `http://${host}:${await otherSite(t, own)}`
    const { page } = await open()

    await page.goto(evil)
    await press(page, 'Sign in')
    t.equal(page.url(), `${own}/auth`, 'its form reached us')
    t.equal(await heading(page), 'Not allowed', 'and cannot sign anybody in')
    t.strictSame(await page.context().cookies(), [])
    const sessions = []
    for await (const session of store.list('session', 'masterbuilder')) sessions.push(session)
    t.strictSame(sessions, [], 'no session has begun')

    await page.goto(own)
    await signIn(page)
    await page.goto(evil)
    await press(page, 'Sign out')
    t.equal(await heading(page), 'Not allowed', 'nor can it sign anybody out')
    await page.goto(evil)
    await follow(page.getByRole('link', { name: 'Log out' }))
    t.equal(await heading(page), 'Not like this', 'nor by a link')

    await page.goto(evil)
    t.notOk(
      page.frames().some((frame) => frame.url() === `${own}/home`),
      'nor show us in a frame',
    )
    await follow(page.getByRole('link', { name: 'Private page' }))
    t.equal(await heading(page), 'The private page', 'a link is welcome, and they are still in')
  })
}
