import { names } from '../contestants.ts'
import type { SessionCount } from '../parts/sessions.ts'
import { ratioOf } from '../rounds.ts'
import { say } from '../spread.ts'
import { megabytes, table, whole } from './table.ts'

/** What a growing number of sessions changes, a table for each store. */
export function saySessions(counts: readonly SessionCount[]): string {
  return `## How many sessions

Each person has signed in once. The requests come from 100 connections and carry 50,000 different tokens
for sessions from all over the store, five times as many as the server remembers as proven: so each
request costs a signature, too, and the look-up seldom finds what the last one left behind. A look-up
alone, 64 at once, and a new session alone, 256 at once, are timed in another process, without http. A
sign-out on LevelDB is on disk before its answer.

${[names.level, names.redis].map((name) => storeTable(counts, name)).join('\n\n')}
`
}

function storeTable(counts: readonly SessionCount[], name: string): string {
  const columns = counts.map((one) => ({ ...one, store: one.stores.get(name) }))
  const row = (head: string, cell: (column: (typeof columns)[number]) => string) => [
    head,
    ...columns.map(cell),
  ]
  const bytes = name === names.level ? 'on disk' : 'in the memory of Redis'
  return table(
    [name, ...counts.map(({ count }) => `${whole(count)} sessions`)],
    [
      row('`GET /private`, ratio to bare', ({ results }) =>
        say(ratioOf(results, name, names.bare)),
      ),
      row('a look-up alone', ({ store }) =>
        sayMicroseconds(store?.lookUpMicroseconds ?? Number.NaN),
      ),
      row('a new session alone', ({ count, store }) =>
        sayMicroseconds(((store?.fillSeconds ?? Number.NaN) * 1e6) / count),
      ),
      row('sign-ins a second', ({ store }) => whole(store?.signInsPerSecond.median ?? Number.NaN)),
      row('sign-outs a second', ({ store }) =>
        whole(store?.signOutsPerSecond.median ?? Number.NaN),
      ),
      row(`bytes a session ${bytes}`, ({ store }) => whole(store?.bytesPerSession ?? Number.NaN)),
      row('memory of the server', ({ store }) => megabytes(store?.residentBytes ?? Number.NaN)),
    ],
  )
}

function sayMicroseconds(microseconds: number): string {
  return `${microseconds.toFixed(1)} µs`
}
