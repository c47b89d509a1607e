import { setCookie } from '../../example/http/cookie.ts'
import { launchChromium } from '../../scripts/launch-chromium.ts'
import { attack, type Outcome } from '../browser-storage/attack.ts'
import { createShop, type Transport } from '../browser-storage/shop.ts'
import * as app from './solution.ts'

// Ada is signed in at five shops, in a real browser. Each keeps her token otherwise. Mallory has a script in their pages,
// and pages of her own that hold forms.

const unchecked: Transport = { ...app, requireSameOrigin() {} }
const bare: Transport = {
  ...unchecked,
  setCookie: (...cookie) => setCookie(...cookie).replace('; SameSite=Lax', ''),
}
const shops = {
  'HttpOnly cookie': (comment: string) => createShop(bare, { comment }),
  '  and SameSite=Lax': (comment: string) => createShop(unchecked, { comment }),
  '  and our check': (comment: string) => createShop(app, { comment }),
  localStorage: (comment: string) => createShop(bare, { comment, keeps: 'localStorage' }),
  'memory of the page': (comment: string) => createShop(bare, { comment, keeps: 'memory' }),
}

const browser = await launchChromium().catch(({ message }: Error) => message)
if (typeof browser === 'string') explain(browser)
else show(await attack(browser, Object.values(shops)).finally(() => browser.close()))

function show({ gains, cookies, later }: Outcome): void {
  console.log('What Mallory gets, by')
  row('', ['a script in', 'a form on', 'a form on'])
  row('where the token is', ['our page', 'another site', 'a sub-domain'])
  for (const [at, name] of Object.keys(shops).entries()) row(name, gains[at] ?? [])
  console.log('Ada visits another server on our host, at another port. It hears')
  console.log(`  Cookie: ${cookies.slice(0, 11)}…`)
  console.log('Ada closes her browser. At home, Mallory shows a token that she got.')
  console.log(`  GET /private  ${later}`)
}

/** There is no browser, or it does not start: the lesson can be read all the same. */
function explain(reason: string): void {
  const [first = ''] = reason.replace(/^[^:]*: /, '').split(/\n|\. /)
  console.log('This demonstration needs a browser, and cannot start one:')
  console.log(`  ${first.slice(0, 78)}`)
  console.log('It would sign Ada in at five shops, which keep her token in cookies, in')
  console.log("localStorage and in memory, and let a script and forms of Mallory's go after it.")
  console.log('The page of the lesson shows what comes then. To get a browser: npm run setup')
  process.exit(1)
}

function row(name: string, columns: readonly string[]): void {
  const cells = columns.map((column) => column.padEnd(17))
  console.log(`  ${name.padEnd(22)}${cells.join('')}`.trimEnd())
}
