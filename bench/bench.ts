import { writeFileSync } from 'node:fs'
import { findCores, moveTo } from './cores.ts'
import type { Findings } from './findings.ts'
import { help, optionsOrExit, type Part, readOptions } from './options.ts'
import { measureAccounts } from './parts/accounts.ts'
import { measureExpiry } from './parts/expiry.ts'
import { measurePrivate } from './parts/private.ts'
import { measureProfiles } from './parts/profile.ts'
import { measureSessionCount, type SessionCount } from './parts/sessions.ts'
import { measureStartup } from './parts/startup.ts'
import { measureSweep } from './parts/sweep.ts'
import { measureWorkers } from './parts/workers.ts'
import { progress } from './progress.ts'
import { redisVersion } from './redis.ts'
import { drawPrivate } from './report/chart.ts'
import { sayFindings } from './report/document.ts'

// Measures everything and writes it down: bench/RESULTS.md and bench/private.svg.

process.setMaxListeners(0) // each server and each folder waits for the end with one
// Whatever ends us ends the servers too: they and their folders go with our own exit.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => process.exit(1))

const options = optionsOrExit(help, readOptions)
redisVersion()
const cores = findCores()
if (cores) moveTo(cores.load)
const where = { servers: cores?.servers, load: cores?.load }

async function part<T>(name: Part, measure: () => Promise<T>): Promise<T | undefined> {
  if (!options.only.includes(name)) return undefined
  progress(`part: ${name}`)
  return await measure()
}

const findings: Findings = {
  options,
  cores,
  startup: await part('startup', () => measureStartup(where, options.rounds)),
  private: await part('private', () => measurePrivate(where, options)),
  profiles: await part('profile', () => measureProfiles(where, options)),
  workers: await part('workers', () => measureWorkers(cores, options)),
  sessions: await part('sessions', async () => {
    const counts: SessionCount[] = []
    for (const count of options.sessionCounts)
      counts.push(await measureSessionCount(count, where, options))
    return counts
  }),
  sweep: await part('sweep', () => measureSweep(where, options.expiredRecords)),
  expiry: await part('sweep', () => measureExpiry(where, options.expiredRecords)),
  accounts: await part('accounts', () => measureAccounts(where, options)),
}

const text = sayFindings(findings)
process.stdout.write(text)
const at100 = findings.private?.columns.get(100)
if (options.write && at100) {
  writeFileSync(new URL('RESULTS.md', import.meta.url), text)
  writeFileSync(new URL('private.svg', import.meta.url), drawPrivate(at100))
}
