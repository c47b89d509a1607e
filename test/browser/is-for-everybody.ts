import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import type { Test } from 'tap'

const axe = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

/** A page for everybody: a screen reader, a dark room, a narrow screen. */
export async function isForEverybody(t: Test, page: Page, what: string): Promise<void> {
  await page.evaluate(axe) // as a tester's console would: our own policy lets no page load it
  t.strictSame(await violations(page, {}), [], what)

  await page.emulateMedia({ colorScheme: 'dark' })
  const colors = await violations(page, { runOnly: ['color-contrast'] })
  t.strictSame(colors, [], `${what}, in the dark`)
  await page.emulateMedia({ colorScheme: 'light' })

  await page.setViewportSize({ width: 320, height: 640 })
  const width = await page.evaluate('document.documentElement.scrollWidth')
  t.equal(width, 320, `${what}, 320 pixels wide: nothing has to be moved sideways`)
  await page.setViewportSize({ width: 1200, height: 800 })
}

interface Findings {
  readonly passes: readonly unknown[]
  readonly violations: readonly Violation[]
}

interface Violation {
  readonly id: string
  readonly help: string
  readonly nodes: ReadonlyArray<{ readonly target: unknown }>
}

async function violations(page: Page, rules: object): Promise<string[]> {
  // Of what it passes, only that there is something: that takes half the time.
  const options = JSON.stringify({ ...rules, resultTypes: ['violations'], preload: false })
  const { passes, violations } = await page.evaluate<Findings>(`axe.run(${options})`)
  if (passes.length === 0) return ['axe-core has not looked at anything']
  return violations.map(({ id, help, nodes }) => {
    const where = nodes.map(({ target }) => JSON.stringify(target)).join(' ')
    return `${id}: ${help}: ${where}`
  })
}
