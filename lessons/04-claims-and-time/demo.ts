// A token's life on a line. `npm run time -- +15m 40s` moves the clock, with a leeway of 40 seconds.
import { sessionKey, sessionPolicy } from '../../example/sessions/policy.ts'
import { claimsChecks } from '../../example/token/checks-claims.ts'
import { decode } from '../../example/token/decode.ts'
import { parseDuration } from '../../example/token/duration.ts'
import { explain } from '../../example/token/explain.ts'
import { issue } from '../../example/token/issue.ts'
import { keySet } from '../../example/token/key.ts'
import { begin } from '../../example/token/verify.ts'

const [moved, leeway, ...more] = process.argv.slice(2)
const policy = { ...sessionPolicy(3600), leewaySeconds: leeway === undefined ? 0 : seconds(leeway) }
if (more.length > 0) refuse('give one time and one leeway')
if (policy.leewaySeconds < 0 || policy.leewaySeconds > 60)
  refuse('a leeway is 60s at most, and not negative')
const key = sessionKey('a secret for this demo and no other')
const noon = Date.UTC(2026, 0, 5, 12) / 1000
const [id, lifetimeSeconds] = ['3f2b8c1e-5d4a-4b6f-9e7c-8a1d2c3b4e5f', 15 * 60]
const request = { subject: 'ada', id, lifetimeSeconds, claims: { nbf: noon + 120 } }
const token = await issue(request, { key, policy, now: noon })

/** Which check refuses the token at this time? The whole list is run, as the server runs it. */
async function verdict(now: number): Promise<string> {
  const steps = await explain(token, { keys: keySet(key), policy, now })
  return steps.find(({ result }) => result === 'failed')?.check.id ?? 'nothing'
}

// A column is 20 seconds. The line begins a minute before noon.
const columns = Array.from({ length: 52 }, (_, column) => verdict(noon - 60 + 20 * column))
const line: string[] = (await Promise.all(columns)).map((said) => (said === 'nothing' ? '=' : '.'))

async function show(now: number): Promise<void> {
  const column = Math.floor((now - noon + 60) / 20)
  const drawn = column < 0 ? ['<', ...line.slice(1)] : line.with(Math.min(column, 51), '#')
  const shown = column > 51 ? [...line.slice(0, 51), '>'] : drawn
  const [date = '', clock] = new Date(now * 1000).toISOString().split(/T|\./)
  const day = date === '2026-01-05' ? '' : ` on ${date}`
  console.log(`${clock}  ${shown.join('')}  ${await verdict(now)}${day}`)
}

/** What each check of the claims says by itself; the server stops at the first that refuses. */
async function showChecks(now: number): Promise<void> {
  const claims = decode(token).claims ?? {}
  const verification = { ...begin(token, { keys: keySet(key), policy, now }), claims }
  for (const check of claimsChecks.slice(1)) {
    const saw = check.input(verification).replace(/^(.{38}).{3,}/, '$1…')
    console.log(
      `${check.id.padEnd(12)} ${saw.padEnd(40)} ${(await check.refuse(verification)) ?? 'passes'}`,
    )
  }
}

function seconds(text: string): number {
  const [, sign, duration = ''] = /^([+-]?)(.*)$/.exec(text) ?? []
  const size = parseDuration(duration)
  if (size !== undefined) return sign === '-' ? -size : size
  return refuse(
    `"${text}" is not a time: write +15m, -20s or +1h30m, and then a leeway such as 30s`,
  )
}

function refuse(why: string): never {
  console.error(`Cannot move the clock: ${why}`)
  process.exit(1)
}

const times = moved === undefined ? [-1, 0, 119, 120, 899, 900] : [seconds(moved)]
console.log(`clock        iat   nbf${' '.repeat(36)}exp   refused by`)
for (const at of times) await show(noon + at)
if (moved !== undefined) await showChecks(noon + seconds(moved))
