import { names } from '../contestants.ts'
import type { Findings } from '../findings.ts'
import { accountsNames } from '../parts/accounts.ts'
import { workerNames } from '../parts/workers.ts'
import { ratioOf } from '../rounds.ts'
import { whole } from './table.ts'

export interface Aim {
  readonly aim: string
  readonly measured: string
  readonly met: boolean | undefined
}

/** What was aimed at, and what came of it. */
export function aimsOf(findings: Findings): Aim[] {
  const at100 = findings.private?.columns.get(100)
  const privateRatio = (name: string, base: string) => at100 && ratioOf(at100, name, base).median
  const { sweep, workers, startup } = findings
  return [
    atLeast('LevelDB: 0.65 × bare', 0.65, privateRatio(names.level, names.bare)),
    atLeast('Redis: 0.62 × bare', 0.62, privateRatio(names.redis, names.bare)),
    atLeast(
      `LevelDB: 1.25 × ${names.fastifyCache}`,
      1.25,
      privateRatio(names.level, names.fastifyCache),
    ),
    atLeast('LevelDB, a million sessions: 0.8 × a thousand', 0.8, grown(findings, names.level)),
    atLeast('Redis, a million sessions: 0.9 × a thousand', 0.9, grown(findings, names.redis)),
    atMost('A sweep of a million never holds the loop for 20 ms', 20, {
      figure: sweep?.records === 1e6 ? sweep.longestPauseMilliseconds : undefined,
      unit: 'ms',
    }),
    atMost('Start to first answer on LevelDB within 0.5 s', 0.5, {
      figure: startup?.get('LevelDB')?.median,
      unit: 's',
    }),
    atLeast(
      'Two workers on Redis: 1.6 × one',
      1.6,
      workers && ratioOf(workers, workerNames.two, workerNames.one).median,
    ),
    ...accountsAims(findings.accounts),
  ]
}

function accountsAims(accounts: Findings['accounts']): Aim[] {
  const { level, redis, fastify, fastifyAtOnce } = accountsNames
  const welcome = (name: string, base: string) =>
    accounts && ratioOf(accounts.welcome, name, base).median
  const { busyMilliseconds = Number.NaN, idleMilliseconds = Number.NaN } = { ...accounts?.busy }
  return [
    atLeast('Accounts on LevelDB: 0.40 × bare', 0.4, welcome(level, names.bare)),
    atLeast('Accounts on Redis: 0.45 × bare', 0.45, welcome(redis, names.bare)),
    atLeast('Accounts on Redis: 2 × fastify with two look-ups', 2, welcome(redis, fastify)),
    atLeast('… with both at once, through pipelines', 2, welcome(redis, fastifyAtOnce)),
    atLeast('Refreshes on LevelDB: 0.05 × bare', 0.05, accounts?.refresh.get(level)?.median),
    atMost('Fifty sign-ins a second: the latest answers of others at most three times as late', 3, {
      figure: accounts && busyMilliseconds / idleMilliseconds,
      unit: 'times',
    }),
    atMost('Fifty sign-ins a second: a sign-out within 100 ms', 100, {
      figure: accounts?.busy.signOutMilliseconds,
      unit: 'ms',
    }),
  ]
}

/** The two counts were measured minutes apart: each is compared with the bare server beside it. */
function grown({ sessions = [] }: Findings, name: string): number | undefined {
  const [few, many] = [1e3, 1e6].map((count) => sessions.find((one) => one.count === count))
  if (few === undefined || many === undefined) return undefined
  const ratio = ({ results }: typeof few) => ratioOf(results, name, names.bare).median
  return ratio(many) / ratio(few)
}

function atLeast(aim: string, wanted: number, figure: number | undefined): Aim {
  if (figure === undefined) return { aim, measured: 'not measured', met: undefined }
  return { aim, measured: figure.toFixed(2), met: figure >= wanted }
}

function atMost(
  aim: string,
  wanted: number,
  { figure, unit }: { figure: number | undefined; unit: string },
): Aim {
  if (figure === undefined) return { aim, measured: 'not measured', met: undefined }
  const digits = figure < 10 ? figure.toFixed(2) : whole(figure)
  return { aim, measured: `${digits} ${unit}`, met: figure <= wanted }
}
