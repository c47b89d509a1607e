// The client in a real browser: a page signs in at the issuer, on another origin, and calls an API with what it gets.
import { readFileSync } from 'node:fs'
import { transformSync } from 'esbuild'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { createApi } from '../../example/client/api.ts'
import { pageRoutes } from '../../example/client/page.ts'
import { remoteVerifier } from '../../example/client/verifier.ts'
import { reply } from '../../example/http/reply.ts'
import type { Handler } from '../../example/http/types.ts'
import { PASSWORD } from '../support/accounts.ts'
import { browserTest } from '../support/browser.ts'
import { verifierOptions, watched } from '../support/client.ts'
import { namespace, testIssuer, user } from '../support/issuer.ts'
import { listening } from '../support/listening.ts'

/** The issuer and the API with its page, each at an address of its own. */
async function servers(t: Test) {
  let handler: Handler = async () => {}
  const { url: pageUrl } = await listening(t, (req, res) => handler(req, res))
  const server = await testIssuer({ environment: { ALLOWED_ORIGINS: pageUrl } })
  await user(server, await namespace(server, 'shop'))
  const { watch: issuer, outer } = watched(server.app)
  const { url } = await listening(t, outer)
  handler = createApi({
    verify: remoteVerifier(verifierOptions(server, url)),
    allowedOrigins: [],
    routes: { ...pageRoutes({ issuer: url, namespace: 'shop' }), '/shared-store.js': sharedStore },
    now: () => server.clock.now,
    log: () => {},
  })
  return { server, issuer, url, pageUrl }
}

const sharedStore = {
  GET: async (...[, res]: Parameters<Handler>) => {
    const file = new URL('../../example/client/shared-store.ts', import.meta.url)
    const { code } = transformSync(readFileSync(file, 'utf8'), { loader: 'ts', target: 'es2022' })
    reply(res, { status: 200, type: 'js', body: code })
  },
}

browserTest(t, 'signs in, calls, gets another token, and signs out', async (t, open) => {
  const { server, issuer, pageUrl } = await servers(t)
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
  const { handler } = issuer
  let answerNow = () => {}
  const mayAnswer = new Promise<void>((resolve) => {
    answerNow = resolve
  })
  issuer.handler = async (req, res) => {
    await mayAnswer
    await handler(req, res)
  }
  await press('Say hello')
  await says('Waiting for an answer')
  answerNow()
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

browserTest(t, 'two tabs that share a sign-in', async (t, open) => {
  const { server, issuer, url, pageUrl } = await servers(t)
  const { page: one } = await open()
  const other = await one.context().newPage()
  for (const tab of [one, other]) {
    await tab.goto(pageUrl)
    await tab.evaluate(`(async () => {
      const { createClient } = await import('/client.js')
      const { sharedStore } = await import('/shared-store.js')
      const store = sharedStore({ databases: indexedDB, locks: navigator.locks })
      const given = { issuer: '${url}', namespace: 'shop', apis: [location.origin], store }
      globalThis.client = createClient(given)
    })()`)
  }
  const hello = (tab: Page) =>
    tab.evaluate("client.get('/hello').then(({ hello }) => hello, ({ name }) => name)")

  await one.evaluate(`client.login('ada', '${PASSWORD}')`)
  t.equal(await hello(other), 'ada', 'one signs in, and both are')

  server.clock.now += 1000
  const before = issuer.count('/token/access')
  const calls = Array.from({ length: 5 }, () => [hello(one), hello(other)]).flat()
  t.same(await Promise.all(calls), Array(10).fill('ada'))
  t.equal(issuer.count('/token/access'), before + 1, 'both have one refresh between them')

  await other.evaluate('client.logout()')
  t.equal(await hello(one), 'SignInNeeded', 'one signs out, and both are')
})
