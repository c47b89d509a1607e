import { readFileSync } from 'node:fs'
import { arch, cpus, platform } from 'node:os'
import type { Contestant } from './contestants.ts'
import type { Cores } from './cores.ts'
import type { Results } from './rounds.ts'
import { say, spreadOf } from './spread.ts'

/** Where the figures come from: they mean nothing without it. */
export function sayMachine(cores: Cores | undefined): string {
  const versions = ['fastify', '@fastify/jwt', 'autocannon'].map(
    (name) => `${name} ${version(name)}`,
  )
  const pinned = cores
    ? `servers on core ${cores.servers}, load on core ${cores.load}`
    : 'servers and load not pinned: no taskset, or one core'
  return [
    `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${platform()} ${arch()}`,
    `node ${process.versions.node}, ${versions.join(', ')}; ${pinned}`,
  ].join('\n')
}

/** A row for each contestant, a column for each number of connections: the ratio to the first, round by round. */
export function sayTable(
  contestants: readonly Contestant[],
  columns: ReadonlyMap<number, Results>,
): string {
  const first = contestants[0]?.name ?? ''
  const cells = (say: (results: Results, connections: number) => string) =>
    [...columns].map(([connections, results]) => say(results, connections).padEnd(21))
  return [
    ['', ...cells((_, connections) => `${connections} connections`)],
    ...contestants.map(({ name }) => [name, ...cells((results) => sayRatio(results, name, first))]),
    ['load busy beside the bare server', ...cells((results) => sayLoad(results, first))],
  ]
    .map(([head = '', ...row]) => [head.padEnd(36), ...row].join('').trimEnd())
    .join('\n')
}

/** `0.90 (0.85–0.93)`, and for the first, which is 1 by definition, its answers per second. */
function sayRatio(results: Results, name: string, first: string): string {
  const own = ratesOf(results, name)
  if (name === first) return `1.00, ${spreadOf(own).median.toFixed(0)}/s`
  const base = ratesOf(results, first)
  return say(spreadOf(own.map((rate, round) => rate / (base[round] ?? Number.NaN))))
}

function sayLoad(results: Results, first: string): string {
  const busy = (results.get(first) ?? []).map(({ loadBusy }) => loadBusy)
  return `${(spreadOf(busy).median * 100).toFixed(0)} %`
}

function ratesOf(results: Results, name: string): number[] {
  return (results.get(name) ?? []).map(({ answersPerSecond }) => answersPerSecond)
}

function version(name: string): string {
  const file = new URL(`../node_modules/${name}/package.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')).version
}
