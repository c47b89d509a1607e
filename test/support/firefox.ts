// Playwright drives only a Firefox of its own. Every Firefox speaks WebDriver BiDi: JSON over a WebSocket.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { Test } from 'tap'
import { WebSocket } from 'ws'
import { findFirefox } from '../../scripts/find-program.ts'
import { testWith } from './browser.ts'
import { temporaryFolder } from './folder.ts'
import { until } from './until.ts'

/** Calls nobody: no updates, no experiments, no list of bad add-ons. */
const quiet = `
user_pref("app.normandy.enabled", false);
user_pref("app.update.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("extensions.getAddons.cache.enabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("network.trr.mode", 5);
user_pref("services.settings.server", "data:,");
user_pref("toolkit.telemetry.reportingpolicy.firstRun", false);
`

const missing = 'no Firefox was found. Install one: npm run setup'

/** A test in one tab of a real Firefox without a window, in a profile of its own. */
export function firefoxTest(
  t: Test,
  name: string,
  run: (t: Test, tab: FirefoxTab) => Promise<void>,
): void {
  testWith(findFirefox(), missing, t, name, async (t, path) => run(t, await openTab(t, path)))
}

async function openTab(t: Test, path: string): Promise<FirefoxTab> {
  const profile = temporaryFolder(t, { 'user.js': quiet })
  const args = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0']
  const child = spawn(path, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = once(child, 'exit')
  t.teardown(async () => {
    child.kill()
    await ended
  })
  const socket = new WebSocket(`${await addressOf(child.stderr)}/session`)
  t.teardown(() => socket.close())
  await once(socket, 'open')
  const browser = new Connection(socket)
  await browser.ask('session.new', { capabilities: {} })
  const { contexts } = await browser.ask('browsingContext.getTree', {})
  return new FirefoxTab(browser, contexts[0].context)
}

/** What a visitor does in a tab; each waits until the page that follows is there. */
export class FirefoxTab {
  readonly #browser: Connection
  readonly #context: string

  constructor(browser: Connection, context: string) {
    this.#browser = browser
    this.#context = context
  }

  async goto(url: string): Promise<void> {
    await this.#ask('browsingContext.navigate', { url, wait: 'complete' })
  }

  async reload(): Promise<void> {
    await this.#ask('browsingContext.reload', { wait: 'complete' })
  }

  async goBack(): Promise<void> {
    await this.#leave(() => this.#ask('browsingContext.traverseHistory', { delta: -1 }))
  }

  /** Sends the form with this address, its fields filled in by name. */
  async send(action: string, fields: Record<string, string> = {}): Promise<void> {
    const form = `document.querySelector('form[action="${action}"]')`
    const filled = Object.entries(fields).map(
      ([name, value]) => `${form}.elements['${name}'].value = '${value}'`,
    )
    await this.#leave(() => this.evaluate(`${filled.join(';')}; ${form}.requestSubmit()`))
  }

  async evaluate(expression: string): Promise<unknown> {
    const target = { context: this.#context }
    const answer = await this.#ask('script.evaluate', { expression, target, awaitPromise: true })
    return answer.result?.value
  }

  async cookies(): Promise<unknown[]> {
    const { cookies } = await this.#browser.ask('storage.getCookies', {})
    return cookies
  }

  /** A mark on the page tells whether another one has taken its place. */
  async #leave(act: () => Promise<unknown>): Promise<void> {
    await this.evaluate('window.isLeft = true')
    await act()
    const isNext = `!window.isLeft && document.readyState === 'complete'`
    await until(() => this.evaluate(isNext), 'the next page')
  }

  #ask(method: string, params: object): Promise<Result> {
    return this.#browser.ask(method, { context: this.#context, ...params })
  }
}

// biome-ignore lint/suspicious/noExplicitAny: each command has a result of its own shape
type Result = any

class Connection {
  readonly #socket: WebSocket
  readonly #waiting = new Map<number, (answer: { result?: Result; message?: string }) => void>()
  #id = 0

  constructor(socket: WebSocket) {
    this.#socket = socket
    socket.on('message', (text) => {
      const answer = JSON.parse(String(text))
      this.#waiting.get(answer.id)?.(answer)
      this.#waiting.delete(answer.id)
    })
  }

  async ask(method: string, params: object): Promise<Result> {
    const id = ++this.#id
    this.#socket.send(JSON.stringify({ id, method, params }))
    const { result, message } = await new Promise<{ result?: Result; message?: string }>(
      (resolve) => this.#waiting.set(id, resolve),
    )
    if (result === undefined) throw new Error(`Cannot ask Firefox for ${method}: ${message}`)
    return result
  }
}

async function addressOf(stderr: Readable): Promise<string> {
  for await (const line of createInterface(stderr)) {
    const address = /listening on (ws:\S+)/.exec(line)?.[1]
    if (address === undefined) continue
    stderr.resume() // whatever else it says is thrown away
    return address
  }
  throw new Error('Cannot open Firefox: it ended before it was ready')
}
