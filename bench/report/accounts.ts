import { names } from '../contestants.ts'
import { type Accounts, accountsNames } from '../parts/accounts.ts'
import { figureOf, ratioOf } from '../rounds.ts'
import { say } from '../spread.ts'
import { megabytes, table, whole } from './table.ts'

/** What the second server costs: two look-ups a request, a rotation on disk, and hashing beside it. */
export function sayAccounts({ welcome, refresh, busy, refusals, memory }: Accounts): string {
  const bare = figureOf(welcome, names.bare, 'answersPerSecond').median
  const rows = Object.values(accountsNames).map((name) => [
    name,
    say(ratioOf(welcome, name, names.bare)),
    refresh.has(name) ? say(refresh.get(name) ?? never) : '–',
  ])
  const times = [...refusals].map(([kind, milliseconds]) => `${kind} ${milliseconds.toFixed(1)} ms`)
  return `## The accounts server

\`GET /welcome\` asks for two records, the user and the family, on 100 connections; a refresh writes one, on LevelDB to
disk, on 50. Both as a ratio to a bare server that gets the same requests, with a body of the size of \`/welcome\` (${whole(bare)}/s):

${table(['', '`GET /welcome`', '`POST /refresh`'], rows)}

While fifty sign-ins a second arrive (${whole(busy.answered)} answered, ${whole(busy.refused)} told to come again), 99 of 100 answers of \`/welcome\` on ten
connections came within ${busy.busyMilliseconds.toFixed(1)} ms, and within ${busy.idleMilliseconds.toFixed(1)} without them; the slowest of nine sign-outs took ${busy.signOutMilliseconds.toFixed(1)} ms.

A refused sign-in takes as long whatever the reason, the median of forty each: ${times.join(', ')}.

Over ${whole(memory.refreshes)} refreshes the server held ${memory.residentBytes.map(megabytes).join(', ')}.
`
}

const never = { median: Number.NaN, lowest: Number.NaN, highest: Number.NaN }
