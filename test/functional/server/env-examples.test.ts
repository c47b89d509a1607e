import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import t from 'tap'
import * as accounts from '../../../example/accounts/config.ts'
import * as issuer from '../../../example/issuer/config.ts'
import * as sessions from '../../../example/sessions/config.ts'
import { SECRET } from '../../support/fixtures.ts'

// What people copy. It may neither promise a setting that nobody reads, nor show a default that is not one.

const servers = {
  '.env.example': { name: 'sessions', readConfig: sessions.readConfig },
  '.env.accounts.example': { name: 'accounts', readConfig: accounts.readConfig },
  '.env.issuer.example': { name: 'issuer', readConfig: issuer.readConfig },
}
const file = (name: string) => readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8')

for (const [path, { name, readConfig }] of Object.entries(servers)) {
  const example = parseEnv(file(path)) as Record<string, string>
  const source = ['server/settings.ts', 'server/reach.ts', `${name}/config.ts`]
    .map((name) => file(`example/${name}`))
    .join('')

  t.test(path, async (t) => {
    t.test('shows the defaults, each as it is', async (t) => {
      const given = { JWT_SECRET: SECRET }
      t.same(readConfig({ ...example, ...given }), readConfig(given))
    })

    t.test('names every setting that the server reads, and no other', async (t) => {
      const read = new Set(source.match(/\b[A-Z]{2,}(?:_[A-Z]+)*\b(?=:|,| =)/g))
      for (const name of Object.keys(example)) t.ok(read.has(name), `${name} is read`)
      for (const name of read) t.ok(Object.hasOwn(example, name), `${name} is explained`)
    })

    t.test('says in a line what each setting is for', async (t) => {
      const lines = file(path).split('\n')
      for (const name of Object.keys(example)) {
        const above = lines[lines.findIndex((line) => line.startsWith(`${name}=`)) - 1] ?? ''
        t.match(above, /^# .{20,}\.$/, name)
      }
    })
  })
}
