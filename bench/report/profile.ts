import type { Profiles } from '../parts/profile.ts'
import { table } from './table.ts'

const shown = 18

/** Where the time of an answer goes: a column for each server, the largest places first. */
export function sayProfiles(profiles: Profiles): string {
  const columns = [...profiles.values()]
  const places = [...new Set(columns.flatMap((times) => [...times.keys()]))]
  const sum = (place: string) => columns.reduce((all, times) => all + (times.get(place) ?? 0), 0)
  const sorted = places.toSorted((a, b) => sum(b) - sum(a))
  const rest = sorted.slice(shown)
  const row = (head: string, some: readonly string[]) => [
    head,
    ...columns.map((times) => say(some.reduce((all, place) => all + (times.get(place) ?? 0), 0))),
  ]
  return `## Where the time goes

Microseconds of the processor for one answer of \`GET /private\` on 100 connections, by V8's own profiler,
which costs some itself. A package stands for all of its files; what it calls is counted where it happens.

${table(
  ['', ...profiles.keys()],
  [
    ...sorted.slice(0, shown).map((place) => row(place, [place])),
    row('everything else', rest),
    row('together', places),
  ],
)}
`
}

function say(microseconds: number): string {
  return microseconds < 0.05 ? '' : microseconds.toFixed(1)
}
