// Many devices: as a person sees and ends them. No page has a script, so one walk is without.
import t from 'tap'
import { call, PASSWORD, signUp, testAccounts } from '../support/accounts.ts'
import { browserTest, follow, heading, press, signIn } from '../support/browser.ts'
import { listening } from '../support/listening.ts'

browserTest(t, 'two devices, with JavaScript off', async (t, open) => {
  const { url } = await listening(t, (await testAccounts()).app)
  const laptop = await open({ javaScriptEnabled: false })
  await laptop.page.goto(`${url}/signup`)
  await signIn(laptop.page, 'Ada', PASSWORD, 'Sign up')
  t.equal(await heading(laptop.page), 'My devices')

  const phone = await open({ javaScriptEnabled: false })
  await phone.page.goto(`${url}/signin`)
  await signIn(phone.page, 'Ada', PASSWORD)
  await laptop.page.reload()
  t.equal(await laptop.page.locator('.devices li').count(), 2)

  const end = laptop.page.getByRole('button', { name: 'End this session' })
  await follow(end)
  t.equal(await laptop.page.locator('.devices li').count(), 1)
  await phone.page.reload()
  t.equal(await heading(phone.page), 'Sign in', 'the other device is out')
  t.match(await phone.page.locator('.note').innerText(), /^You were signed in here/)

  await press(laptop.page, 'End all, this one, too')
  t.equal(await heading(laptop.page), 'Sign in')
  t.strictSame(await laptop.page.context().cookies(), [])
  t.strictSame([...laptop.complaints, ...phone.complaints], [])
})

browserTest(t, 'a new password: in here, out on the other device', async (t, open) => {
  const server = await testAccounts()
  await signUp(server, 'ada')
  const { url } = await listening(t, server.app)
  const [laptop, phone] = [await open(), await open()]
  for (const { page } of [laptop, phone]) {
    await page.goto(`${url}/signin`)
    await signIn(page, 'ada', PASSWORD)
  }
  await laptop.page.goto(`${url}/password`)
  await laptop.page.getByLabel('Current password').fill('not this one')
  await laptop.page.getByLabel('New password').fill(`${PASSWORD}-2`)
  await press(laptop.page, 'Change the password')
  t.equal(await laptop.page.getByRole('alert').innerText(), 'The current password is not right.')
  await laptop.page.getByLabel('Current password').fill(PASSWORD)
  await laptop.page.getByLabel('New password').fill(`${PASSWORD}-2`)
  await press(laptop.page, 'Change the password')
  t.equal(await heading(laptop.page), 'Your password is changed')
  await follow(laptop.page.locator('main').getByText('My devices'))
  t.equal(await laptop.page.locator('.devices li').count(), 1)
  await phone.page.reload()
  t.equal(await heading(phone.page), 'Sign in')
  t.strictSame([...laptop.complaints, ...phone.complaints], [])
})

const names = {
  'an image': '<img src=x onerror="document.title=1">',
  'the end of its element': '</strong></li></ul><h1>stolen</h1>',
  braces: '{{name}} {{{token}}} {{#devices}}',
  'right to left': '\u05d0\u05d1\u05d2 <b>',
  'no space at all': 'W'.repeat(60),
}

browserTest(t, 'the name of a device is shown as the text that it is', async (t, open) => {
  const server = await testAccounts()
  await signUp(server)
  const { url } = await listening(t, server.app)
  const { page, complaints } = await open()
  await page.goto(`${url}/signin`)
  await signIn(page, 'ada', PASSWORD)
  const given = [...Object.values(names), `${'W'.repeat(10_000)}\u202e`]
  for (const device of given) {
    server.clock.now += 1
    const body = { username: 'ada', password: PASSWORD, device }
    t.equal((await call(server, 'POST /signin', { body })).status, 200)
  }
  await page.goto(`${url}/sessions`)
  const shown = await page.locator('.devices bdi').allInnerTexts()
  t.strictSame(shown.slice(0, -1), [names['no space at all'], ...Object.values(names).reverse()])
  t.equal(await page.locator('h1').count(), 1)
  t.equal(await page.title(), 'My devices · Accounts')
  t.strictSame(complaints, [])
})

browserTest(t, 'no page has a script, and none shows the token of the cookie', async (t, open) => {
  const { url } = await listening(t, (await testAccounts()).app)
  const { page, complaints } = await open()
  await page.goto(`${url}/signup`)
  await signIn(page, 'Ada', PASSWORD, 'Sign up')
  const [cookie] = await page.context().cookies()
  t.hasStrict(cookie, { name: 'accounts', httpOnly: true, sameSite: 'Lax' })
  const signature = cookie?.value.split('.')[2] ?? 'none came'
  for (const path of [
    '/',
    '/signup',
    '/sessions',
    '/welcome',
    '/password',
    '/family',
    '/nowhere',
  ]) {
    await page.goto(url + path)
    t.equal(await page.evaluate('document.cookie'), '', `${path}: the cookie cannot be read`)
    t.equal(await page.evaluate('document.scripts.length'), 0, `${path}: there is no script`)
    t.notOk((await page.content()).includes(signature), path)
  }
  t.strictSame(complaints, [])
})
