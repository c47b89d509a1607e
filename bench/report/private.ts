import { names } from '../contestants.ts'
import type { Measurement } from '../measure.ts'
import type { Private } from '../parts/private.ts'
import { figureOf, type Results, ratioOf } from '../rounds.ts'
import { say } from '../spread.ts'
import { megabytes, table, whole } from './table.ts'

/** The comparison of `GET /private` in three tables: how many answers, how late the latest, at what cost. */
export function sayPrivate({ columns, residentBytes }: Private): string {
  return `## \`GET /private\`

Each serves the same page of the same size, was signed in to in its own way, and was seen to answer 200 with
its credential and 401 without:

- **bare \`http.createServer\`**: no route, no token, no look-up, no security headers; the whole head in one call.
- **session server**: ours as in production, one process, its limits out of the way. It remembers 10,000 proven
  tokens; the session is looked up at every request. The Cluster is three masters on one machine.
- **fastify + @fastify/jwt**: HS256 with a secret. \`+ Redis\` reads and parses a session record through ioredis,
  auto-pipelined; with no look-up nobody can sign out, and \`cached\` means its own cache of tokens.
- **hapi + hapi-auth-jwt2 + Redis**: the same look-up in its \`validate\`; its key is an object made once.
- **express + express-session + connect-redis**: a cookie that names a record, no token. As its README
  recommends, which also means that each request prolongs the session in Redis.

Answers per second, as a ratio to the bare server:

${ratios(columns, 'answersPerSecond', (figure) => `${whole(figure)}/s`)}

The time within which 99 of 100 answers came (p99), as a ratio to the bare server; less is better:

${ratios(columns, 'p99Milliseconds', (figure) => `${figure.toFixed(2)} ms`)}

What it costs, on 100 connections. The processor time is that of the server's process alone, without
Redis and without the time it waits. The core of the load is that of Redis, too; where it is busy all the
time, it is what limits the fastest: they are further apart than the first table says.

${costs(columns.get(100) ?? new Map(), residentBytes)}
`
}

function ratios(
  columns: Private['columns'],
  figure: keyof Measurement,
  sayBare: (figure: number) => string,
): string {
  const head = [...columns.keys()].map((count) => `${count} connection${count === 1 ? '' : 's'}`)
  const rows = Object.values(names).map((name) => [
    name,
    ...[...columns.values()].map((results) =>
      name === names.bare
        ? `1, ${sayBare(figureOf(results, name, figure).median)}`
        : say(ratioOf(results, name, names.bare, figure)),
    ),
  ])
  return table(['', ...head], rows)
}

function costs(results: Results, residentBytes: Private['residentBytes']): string {
  const head = ['', 'processor time an answer', 'core of the load busy', 'memory of the server']
  const rows = Object.values(names).map((name) => [
    name,
    `${whole(figureOf(results, name, 'processorMicroseconds').median)} µs`,
    `${whole(figureOf(results, name, 'loadCoreBusy').median * 100)} %`,
    megabytes(residentBytes.get(name) ?? Number.NaN),
  ])
  return table(head, rows)
}
