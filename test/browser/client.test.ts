// The client in a real browser: a page signs in at the issuer, on another origin, and calls an API with what it gets.
import t from 'tap'
import { createApi } from '../../example/client/api.ts'
import { pageRoutes } from '../../example/client/page.ts'
import { remoteVerifier } from '../../example/client/verifier.ts'
import type { Handler } from '../../example/http/types.ts'
import { PASSWORD } from '../support/accounts.ts'
import { browserTest } from '../support/browser.ts'
import { verifierOptions, watched } from '../support/client.ts'
import { namespace, testIssuer, user } from '../support/issuer.ts'
import { listening } from '../support/listening.ts'

browserTest(t, 'signs in, calls, gets another token, and signs out', async (t, open) => {
  let handler: Handler = async () => {}
  const { url: pageUrl } = await listening(t, (req, res) => handler(req, res))
  const server = await testIssuer({ environment: { ALLOWED_ORIGINS: pageUrl } })
  await user(server, await namespace(server, 'shop'))
  const { watch: issuer, outer } = watched(server.app)
  const { url } = await listening(t, outer)
  handler = createApi({
    verify: remoteVerifier(verifierOptions(server, url)),
    allowedOrigins: [],
    routes: pageRoutes({ issuer: url, namespace: 'shop' }),
    now: () => server.clock.now,
    log: () => {},
  })

  const { page, complaints } = await open()
  await page.goto(pageUrl)
  const says = (text: string) => page.getByRole('status').filter({ hasText: text }).waitFor()
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const signIn = async (password: string) => {
    await page.getByLabel('User name').fill('ada')
    await page.getByLabel('Password').fill(password)
    await press('Sign in')
  }

  await press('Say hello')
  await says('Sign in: Nobody is signed in')
  await signIn('a-wrong-password')
  await says('Sign in: The user name or the password is wrong')
  await signIn(PASSWORD)
  await says('ada is signed in')
  await press('Say hello')
  await says('Hello, ada')
  await press('Ask as staff')
  await says('This is not for you')
  t.equal(issuer.count('/token/access'), 1)

  server.clock.now += 1000
  await press('Ask as staff')
  await says('This is not for you')
  await press('Say hello')
  await says('Hello, ada')
  t.equal(
    issuer.count('/token/access'),
    2,
    'a token that was refused cost one more, and no sign-in',
  )

  const kept = 'localStorage.length + sessionStorage.length + document.cookie.length'
  t.equal(await page.evaluate(kept), 0, 'no token stands where the scripts of another page look')
  await press('Sign out')
  await says('Signed out')
  await press('Say hello')
  await says('Sign in: Nobody is signed in')
  const ours = complaints.filter((text) => !/a status of 40[13]/.test(text))
  t.strictSame(ours, [], 'the browser has nothing to complain about but what was refused')
})
