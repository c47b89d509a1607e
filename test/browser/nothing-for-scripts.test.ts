// S80, S86, S89: what a script could steal is not where scripts can reach it, our pages need none,
// and text that somebody typed never becomes a part of a page.
import type { Page } from 'playwright-core'
import t from 'tap'
import { browserTest, heading, press, signIn } from '../support/browser.ts'
import { testApp } from '../support/fixtures.ts'
import { listening } from '../support/listening.ts'

/** Runs in the page, where it may name what node does not have. */
const inPage = <T>(page: Page, expression: string) => page.evaluate<T>(expression)

browserTest(
  t,
  'no page breaks the policy, and none shows its token to a script',
  async (t, open) => {
    const { url } = await listening(t, (await testApp()).app)
    const { page, complaints } = await open()
    await page.goto(url)
    await signIn(page)
    const token = (await page.context().cookies())[0]?.value ?? ''
    t.equal(token.split('.').length, 3)

    for (const path of ['/', '/home', '/auth', '/private', '/inspect', '/nowhere', '/logout']) {
      await page.goto(url + path)
      t.equal(await inPage(page, 'document.cookie'), '', `${path}: the cookie cannot be read`)
      t.equal(await inPage(page, 'localStorage.length + sessionStorage.length'), 0)
      t.equal(await inPage(page, 'document.scripts.length'), 0, 'there is no script')
      t.notOk(page.url().includes(token), 'the address holds no token')
      if (path !== '/inspect') t.notOk((await page.content()).includes(token.slice(0, 20)))
    }
    t.strictSame(complaints, [])
  },
)

browserTest(t, 'a script that got into a page all the same does not run', async (t, open) => {
  const { url } = await listening(t, (await testApp()).app)
  const { page, complaints } = await open()
  await page.goto(url)
  await inPage(
    page,
    `(() => {
      const script = document.createElement('script')
      script.textContent = 'window.stolen = true'
      document.body.append(script)
      document.body.insertAdjacentHTML('beforeend', '<img src="x:" onerror="window.stolen = true">')
    })()`,
  )
  t.equal(await inPage(page, 'window.stolen'), undefined)
  t.match(complaints.join('\n'), /Content Security Policy/, 'the browser says who stopped it')
})

const names: Record<string, string> = {
  'a script': '<script>document.title = "stolen"</script>',
  'the end of its field': '"><h1>stolen</h1><p class="',
  'a handler': '" autofocus onfocus="document.title=1" x="',
  'an image': "<img src=x onerror='document.title=1'>",
  entities: '&lt;b&gt; &amp; &quot;',
  braces: '{{username}} {{{token}}} {{#form}}',
  'right to left': '\u202eadmin\u202c',
  'emoji and accents': 'Zoë 👩‍🚀 Ünïcode',
  quotes: `it's "quoted" \`so\``,
}

browserTest(t, 'a user name comes back as the text that it is', async (t, open) => {
  const { url } = await listening(t, (await testApp()).app)
  const { page, complaints } = await open()
  await page.goto(url)
  await signIn(page, 'somebody', 'wrong')
  const elements = await inPage(page, 'document.querySelectorAll("*").length')
  for (const [what, name] of Object.entries(names)) {
    await signIn(page, name, 'wrong')
    t.equal(await page.getByLabel('User name').inputValue(), name, what)
    t.equal(await inPage(page, 'document.querySelectorAll("*").length'), elements, 'no new element')
    t.equal(await heading(page), 'You are not signed in')
    t.equal(await page.title(), 'Sign in first · Learn JSON Web Tokens')
  }
  t.strictSame(complaints, [])
})

browserTest(t, 'claims with markup are shown as text by /inspect', async (t, open) => {
  const { url } = await listening(t, (await testApp()).app)
  const { page, complaints } = await open()
  const markup = '<h1>stolen</h1><script>document.title = "stolen"</script>'
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const token = `${encode({ alg: markup })}.${encode({ sub: markup, [markup]: markup })}.AAAA`
  await page.goto(`${url}/inspect`)
  await page.getByLabel('Token', { exact: true }).fill(token)
  await press(page, 'Take apart')
  t.equal(await page.locator('h1').count(), 1)
  t.equal(await inPage(page, 'document.scripts.length'), 0)
  t.ok((await page.locator('main').innerText()).includes(markup))
  t.strictSame(complaints, [])
})
