import t from 'tap'
import { testApp } from '../support/fixtures.ts'
import { listening } from '../support/listening.ts'

/** As much of a browser as the story needs: it keeps cookies, sends them back, and says who asks. */
class Browser {
  readonly #origin: string
  readonly cookies: Map<string, string>

  constructor(origin: string, cookies: ReadonlyMap<string, string> = new Map()) {
    this.#origin = origin
    this.cookies = new Map(cookies)
  }

  async open(path: string): Promise<{ status: number; page: string }> {
    return await this.#ask(path, {}, { 'sec-fetch-site': 'same-origin' })
  }

  async submit(path: string, fields: Record<string, string> = {}) {
    const body = new URLSearchParams(fields)
    const headers = { 'sec-fetch-site': 'same-origin', origin: this.#origin }
    return await this.#ask(path, { method: 'POST', body }, headers)
  }

  async #ask(
    path: string,
    request: RequestInit,
    headers: Record<string, string>,
  ): Promise<{ status: number; page: string }> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const accept = 'text/html,application/xhtml+xml,*/*;q=0.8'
    const own = cookie === '' ? { accept } : { accept, cookie }
    const all = { ...own, ...headers }
    const res = await fetch(this.#origin + path, { ...request, redirect: 'manual', headers: all })
    for (const line of res.headers.getSetCookie()) this.#keep(line)
    const location = res.headers.get('location')
    if (res.status === 303 && location !== null) return await this.open(location)
    return { status: res.status, page: await res.text() }
  }

  #keep(line: string): void {
    const [, name = '', value = '', maxAge = ''] =
      /^([^=]+)=([^;]*); Max-Age=(\d+)/.exec(line) ?? []
    if (maxAge === '0') this.cookies.delete(name)
    else this.cookies.set(name, value)
  }
}

t.test('a visitor signs in, looks around, comes back tomorrow, signs out', async (t) => {
  const { app } = await testApp()
  const { url } = await listening(t, app)
  const browser = new Browser(url)

  t.test('the home page shows a form', async (t) => {
    const { status, page } = await browser.open('/home')
    t.equal(status, 200)
    t.match(page, /action="\/auth".*name="username".*name="password"/s)
  })

  t.test('the private page is closed', async (t) => {
    const { status, page } = await browser.open('/private')
    t.equal(status, 401)
    t.match(page, /action="\/auth"/, 'and the way in is on the page')
  })

  t.test('a wrong password opens nothing', async (t) => {
    const { status, page } = await browser.submit('/auth', {
      username: 'masterbuilder',
      password: 'x',
    })
    t.equal(status, 401)
    t.match(page, /Wrong user name or password/)
    t.equal(browser.cookies.size, 0)
  })

  t.test('the right one shows the private page and leaves a cookie', async (t) => {
    const account = { username: 'masterbuilder', password: 'itsnosecret' }
    const { status, page } = await browser.submit('/auth', account)
    t.equal(status, 200)
    t.match(page, /Welcome, masterbuilder/)
    t.same([...browser.cookies.keys()], ['session'])
  })

  t.test('the private page opens, again and again', async (t) => {
    for (let reload = 0; reload < 3; reload += 1)
      t.equal((await browser.open('/private')).status, 200)
  })

  t.test('the inspector shows every check passed', async (t) => {
    t.match((await browser.open('/inspect')).page, /This token is accepted/)
  })

  let copied: ReadonlyMap<string, string> = new Map()
  t.test('another window without the cookie is a stranger', async (t) => {
    t.equal((await new Browser(url).open('/private')).status, 401)
  })

  t.test('who comes back with the kept cookie is still signed in', async (t) => {
    copied = new Map(browser.cookies)
    const tomorrow = new Browser(url, copied)
    t.match((await tomorrow.open('/')).page, /You are signed in as masterbuilder/)
  })

  t.test('signing out says so and takes the cookie away', async (t) => {
    const { status, page } = await browser.submit('/logout')
    t.equal(status, 200)
    t.match(page, /<h1>Logged Out!<\/h1>/)
    t.equal(browser.cookies.size, 0)
  })

  t.test('the private page is closed again', async (t) => {
    t.equal((await browser.open('/private')).status, 401)
  })

  t.test('the copied cookie is refused: the session has ended, not only the cookie', async (t) => {
    const thief = new Browser(url, copied)
    t.equal(thief.cookies.size, 1)
    t.equal((await thief.open('/private')).status, 401)
    t.match((await thief.open('/inspect')).page, /its session is not live/)
    t.match((await thief.open('/home')).page, /action="\/auth"/)
  })
})
