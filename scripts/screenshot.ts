/** Takes the pictures of the pages in .github/images. The same pages give the same pictures. */
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { listen } from '../example/http/listen.ts'
import { hostCookie } from '../example/server/host-cookie.ts'
import { createApp } from '../example/sessions/app.ts'
import { readConfig } from '../example/sessions/config.ts'
import { sessionKey, sessionPolicy } from '../example/sessions/policy.ts'
import { openStore } from '../example/store/open.ts'
import type { RecordStore } from '../example/store/types.ts'
import { issue } from '../example/token/issue.ts'
import { takeCourse } from './course-picture.ts'
import { launchChromium } from './launch-chromium.ts'
import { takeStolenToken } from './stolen-token-picture.ts'

const folder = fileURLToPath(new URL('../.github/images/', import.meta.url))

/** Signs the tokens of the pictures, which everybody can read, and nothing else. */
const secret = 'only-for-the-pictures-8vK3mX6qT1zR9'
const subject = 'masterbuilder'
const id = '3f2b8c1e-5d4a-4b6f-9e7c-8a1d2c3b4e5f'
const signedInAt = Date.UTC(2026, 0, 5, 9, 30) / 1000
const now = signedInAt + 7200

const here = { domain: 'localhost', path: '/', secure: false, httpOnly: true }

const pictures = [
  { file: 'sign-in.png', path: '/home', height: 870, colorScheme: 'light', signedIn: false },
  { file: 'private.png', path: '/private', height: 930, colorScheme: 'light', signedIn: true },
  { file: 'inspect.png', path: '/inspect', height: 1320, colorScheme: 'light', signedIn: true },
  { file: 'inspect-dark.png', path: '/inspect', height: 1320, colorScheme: 'dark', signedIn: true },
] as const

// Of the fonts in the style sheet, the one that Linux has: with another the pictures would be of another design.
if (spawnSync('fc-list', ['Charis SIL']).stdout?.length === 0)
  throw new Error(
    'Cannot take the pictures: the font Charis SIL is missing. Install it: sudo apt-get install fonts-sil-charis',
  )

const config = readConfig({ JWT_SECRET: secret, STORE_URL: 'memory:', PORT: '0' })
const store = await openStore(config.storeUrl)
const app = createApp({ config, store, now: () => now, log: () => {} })
const server = await listen({ ...config, handler: app })
const browser = await launchChromium()
try {
  mkdirSync(folder, { recursive: true })
  const url = `http://localhost:${server.port}`
  const token = await signIn(store)
  for (const picture of pictures) await take(browser, url, token, picture)
  await takeCourse(browser, `${folder}course.png`)
  const paths = { light: `${folder}stolen-token.png`, dark: `${folder}stolen-token-dark.png` }
  await takeStolenToken(browser, { secret, signedInAt, paths })
} finally {
  await browser.close()
  await server.stop()
  await store.close()
}

/** A sign-in whose session has a known id: a random one would make another picture every time. */
async function signIn(store: RecordStore): Promise<string> {
  const lifetimeSeconds = config.sessionLifetimeSeconds
  const expiresAt = signedInAt + lifetimeSeconds
  const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
  const session = { id, valid: true, subject, createdAt: signedInAt, expiresAt, agent }
  const record = JSON.stringify({ ...session, address: '127.0.0.1' })
  await store.insert({ kind: 'session', owner: subject, id }, record, expiresAt)
  return await issue(
    { subject, id, lifetimeSeconds },
    { key: sessionKey(secret), policy: sessionPolicy(lifetimeSeconds), now: signedInAt },
  )
}

async function take(
  browser: Browser,
  url: string,
  token: string,
  { file, path, height, colorScheme, signedIn }: (typeof pictures)[number],
): Promise<void> {
  const viewport = { width: 1200, height }
  const context = await browser.newContext({ viewport, deviceScaleFactor: 1, colorScheme })
  if (signedIn)
    await context.addCookies([{ name: hostCookie('session', config).name, value: token, ...here }])
  const page = await context.newPage()
  const answer = await page.goto(url + path)
  if (answer?.status() !== 200) throw new Error(`Cannot take ${file}: ${answer?.status()}`)
  await page.screenshot({ path: folder + file, animations: 'disabled' })
  await context.close()
  process.stdout.write(`.github/images/${file}\n`)
}
