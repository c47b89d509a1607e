import { names } from '../contestants.ts'
import type { Findings } from '../findings.ts'
import type { Expiry } from '../parts/expiry.ts'
import type { Startup } from '../parts/startup.ts'
import type { Sweep } from '../parts/sweep.ts'
import { workerNames } from '../parts/workers.ts'
import { type Results, ratioOf } from '../rounds.ts'
import { say } from '../spread.ts'
import { sayAccounts } from './accounts.ts'
import { type Aim, aimsOf } from './aims.ts'
import { sayMachine } from './machine.ts'
import { sayPrivate } from './private.ts'
import { sayProfiles } from './profile.ts'
import { saySessions } from './sessions.ts'
import { table, whole } from './table.ts'

/** Everything that was found, as one page to read: `bench/RESULTS.md`. */
export function sayFindings(findings: Findings): string {
  const { options, sessions, sweep, startup, workers } = findings
  const at100 = findings.private?.columns.get(100)
  const sections = [
    '# Results\n',
    at100 && headline(at100),
    `Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}; why the figures are what they are is in [PROFILE.md](PROFILE.md).
Absolute figures say more about the machine than about a server, so most of these are ratios to a bare
\`http.createServer\` in the same round: the median of ${options.rounds} × ${options.seconds} s, and in brackets the lowest and the highest. All
servers are measured in turn in every round, so that a slow minute of the machine hurts them alike, each right after a load
that does not count. Every answer has to be a good one: where a single one was not, the measurement was made again.

${sayMachine(findings.cores)}
`,
    sayAims(aimsOf(findings), options.write),
    findings.private && sayPrivate(findings.private),
    findings.profiles && sayProfiles(findings.profiles),
    sessions && saySessions(sessions),
    sweep && saySweep(sweep, findings.expiry),
    options.only.includes('workers') && sayWorkers(workers),
    startup && sayStartup(startup),
    findings.accounts && sayAccounts(findings.accounts),
  ]
  return sections.filter((section) => typeof section === 'string').join('\n')
}

function headline(results: Results): string {
  const ratio = (name: string) => ratioOf(results, name, names.bare).median.toFixed(2)
  return `With 100 connections, a bare server that checks nothing is 1. The session server, which proves a token and
looks up its session at every request, is **${ratio(names.level)} on LevelDB, ${ratio(names.redis)} on Redis and ${ratio(names.cluster)} on a Redis Cluster**. With the same
look-up in Redis, fastify + @fastify/jwt is ${ratio(names.fastifyRedis)} and hapi + hapi-auth-jwt2 ${ratio(names.hapi)}; express-session on
connect-redis is ${ratio(names.express)}.

![The same figures as bars](private.svg)
`
}

function sayAims(all: readonly Aim[], withGaps: boolean): string | undefined {
  const aims = all.filter(({ met }) => withGaps || met !== undefined)
  if (aims.length === 0) return undefined
  const rows = aims.map(({ aim, measured, met }) => [
    aim,
    measured,
    met === undefined ? '–' : met ? 'met' : '**missed**',
  ])
  return `## Aims

With 100 connections, at least, unless they say otherwise:

${table(['', 'measured', ''], rows)}
`
}

function saySweep({ records, seconds, longestPauseMilliseconds }: Sweep, expiry?: Expiry): string {
  const redis = expiry
    ? `Redis forgets by itself, and the server has nothing to sweep. When ${whole(expiry.records)} sessions ended in the same
second, it took Redis ${expiry.seconds.toFixed(1)} s to clear them away, and the latest answer to a look-up by somebody else came
after ${expiry.longestAnswerMilliseconds.toFixed(1)} ms.
`
    : ''
  return `## Forgetting expired sessions

On LevelDB, a sweep of ${whole(records)} expired records took ${seconds.toFixed(1)} s, ${((seconds * 1e6) / records).toFixed(1)} µs each, and held the event loop for
${longestPauseMilliseconds.toFixed(1)} ms at most. 
${redis}`
}

function sayWorkers(results: Results | undefined): string {
  const said = results
    ? `Two worker processes on Redis answer ${say(ratioOf(results, workerNames.two, workerNames.one))} times as often as one, each on a core of its own.`
    : `Not measured: two workers need two cores beside the one of the load, and this machine has not as many.
What they could bring is in the processor time an answer takes, above: the workers share nothing but Redis.`
  return `## Two workers\n\n${said}\n`
}

function sayStartup(startup: Startup): string {
  const stores = [...startup].map(([name, seconds]) => `${say(seconds)} s on ${name}`)
  return `## Start\n\nFrom the start of the process to its first answer: ${stores.join(', ')}.\n`
}
