// npm run quick: the tests that need no process of their own, in one. So it also shows that they share nothing.
import { readdirSync } from 'node:fs'

const folders = [
  'functional/token',
  'functional/http',
  'functional/server',
  'functional/sessions',
  'security/token',
]

for (const folder of folders) {
  const here = new URL(`${folder}/`, import.meta.url)
  for (const file of readdirSync(here, { recursive: true, encoding: 'utf8' }).sort())
    if (file.endsWith('.test.ts')) await import(new URL(file, here).href)
}
await import('./contract/memory.test.ts')
