import axe from 'axe-core'
import type { Page } from 'playwright-core'
import type { Test } from 'tap'

/**
 * A page for everybody: a screen reader, a dark room, a narrow screen. It has to be opened past our own policy
 * (`bypassCSP`), which would keep axe-core out.
 */
export async function isForEverybody(t: Test, page: Page, what: string): Promise<void> {
  await page.addScriptTag({ content: axe.source })
  t.strictSame(await violations(page, 'axe.run()'), [], what)

  await page.emulateMedia({ colorScheme: 'dark' })
  const colors = await violations(page, "axe.run({ runOnly: ['color-contrast'] })")
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

async function violations(page: Page, run: string): Promise<string[]> {
  const { passes, violations } = await page.evaluate<Findings>(run)
  if (passes.length === 0) return ['axe-core has not looked at anything']
  return violations.map(({ id, help, nodes }) => {
    const where = nodes.map(({ target }) => JSON.stringify(target)).join(' ')
    return `${id}: ${help}: ${where}`
  })
}
