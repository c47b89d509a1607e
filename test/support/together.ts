import { readdirSync } from 'node:fs'
import { withoutDomains } from './without-domains.ts'

/**
 * Test files that share a process, by folder or by name, since each process takes a second of the processor to
 * start. A file belongs to the first group that names it; in no group, it has a process of its own.
 */
const groups = {
  quick: [
    'functional/token',
    'functional/http',
    'functional/server',
    'functional/sessions',
    'security/token',
    'contract/memory',
  ],
  servers: ['functional/accounts', 'functional/issuer', 'functional/client', 'functional/password'],
  browser: ['browser'],
  store: ['functional/store', 'contract'],
  security: ['security'],
  guide: ['functional', 'support', 'integration/accounts-curl', 'integration/issuer-curl'],
  lessons: ['lessons'],
}

/** All test files, by their paths from test/, with the group of each. */
export const testFiles = readdirSync(new URL('..', import.meta.url), {
  recursive: true,
  encoding: 'utf8',
})
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.test.ts'))
  .sort()
  .map((file) => ({ file, group: groupOf(file) }))

function groupOf(file: string): string | undefined {
  return Object.entries(groups).find(([, names]) =>
    names.some((name) => file.startsWith(name)),
  )?.[0]
}

/** Runs the test files of a group in this process, one after another. So it also shows that they share nothing. */
export async function together(name: keyof typeof groups): Promise<void> {
  withoutDomains()
  for (const { file, group } of testFiles)
    if (group === name) await import(new URL(`../${file}`, import.meta.url).href)
}
