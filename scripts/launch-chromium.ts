import { type Browser, chromium } from 'playwright-core'
import { findChromium } from './find-program.ts'

export const noChromium = 'no Chromium was found. Install one: npm run setup'

/** Starts a browser without a window that calls nobody. Throws when there is none. */
export async function launchChromium(
  path = findChromium(),
  more: readonly string[] = [],
): Promise<Browser> {
  if (path === undefined) throw new Error(`Cannot open a browser: ${noChromium}`)
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync']
  const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', ...quiet, ...more]
  return await chromium.launch({ executablePath: path, args })
}
