import type { Browser } from 'playwright-core'
import { createApp } from '../example/accounts/app.ts'
import { readConfig } from '../example/accounts/config.ts'
import { listen } from '../example/http/listen.ts'
import { openStore } from '../example/store/open.ts'

/** The page of a family whose stolen refresh token was noticed: by light and in the dark. */
export async function takeStolenToken(
  browser: Browser,
  {
    secret,
    signedInAt,
    paths,
  }: {
    secret: string
    signedInAt: number
    paths: Readonly<Record<'light' | 'dark', string>>
  },
): Promise<void> {
  const config = readConfig({ JWT_SECRET: secret, STORE_URL: 'memory:', PORT: '0' })
  const store = await openStore(config.storeUrl)
  let time = signedInAt
  const deps = { config, store, now: () => time, log: () => {} }
  const server = await listen({ ...config, handler: createApp(deps) })
  try {
    const viewport = { width: 1200, height: 990 }
    const context = await browser.newContext({ viewport, deviceScaleFactor: 1 })
    const page = await context.newPage()
    const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
    await page.goto(`http://localhost:${server.port}/signup`)
    await page.getByLabel('User name').fill('Ada')
    await page.getByLabel('Password').fill('correct-horse-battery')
    await press('Sign up')
    await page.getByRole('link', { name: 'Steal a token' }).click()
    await press('Sign a client in')
    for (const button of ['Client uses R1', 'Client uses R2', 'Thief uses R1']) {
      time += 870
      await press(button)
    }
    await page.locator('.reason').waitFor()
    await page.evaluate('scrollTo(0, 0)')
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.screenshot({ path: paths[colorScheme], animations: 'disabled' })
    }
    await context.close()
  } finally {
    await server.stop()
    await store.close()
  }
}
