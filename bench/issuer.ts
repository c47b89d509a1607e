import { findCores, moveTo } from './cores.ts'
import { optionsOrExit, readRounds } from './options.ts'
import { measureExchange, measureRsa } from './parts/issuer-exchange.ts'
import { measureNamespaces } from './parts/issuer-namespaces.ts'
import { measureTokens } from './parts/issuer-tokens.ts'
import { type Judged, judgedHead } from './report/judged.ts'
import { table } from './report/table.ts'

// What an issuer does all day, beside the least that it could do, or beside others who do the same: tokens signed and verified,
// a namespace among ten thousand, a refresh token exchanged over HTTP, and RSA keys made while somebody waits.

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => process.exit(1)) // the servers and folders go with our own exit

const rounds = optionsOrExit('npm run bench:issuer -- --rounds 5', readRounds)
const cores = findCores()
if (cores) moveTo(cores.load)
const where = { servers: cores?.servers, load: cores?.load }

const rows: Judged[] = [
  ...(await measureTokens(rounds)),
  ...(await measureNamespaces(where, rounds)),
  ...(await measureExchange(where, rounds)),
  ...(await measureRsa(where, rounds)),
]
process.stdout.write(`${table(judgedHead, rows)}\n`)
