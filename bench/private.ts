import { parseArgs } from 'node:util'
import { startContestants } from './contestants.ts'
import { moveTo, twoCores } from './cores.ts'
import { sayMachine, sayTable } from './report.ts'
import { type Results, runRounds } from './rounds.ts'
import { say, spreadOf } from './spread.ts'
import { secondsToFirstAnswer } from './startup.ts'

// How fast is `GET /private`, compared with the least that node can do, and with a framework?
// Absolute figures say more about the machine than about the server, so this prints ratios.
// Where the load is busy all the time, it is what limits the fastest: they are further apart.

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
  },
})
const rounds = atLeastOne('rounds')
const seconds = atLeastOne('seconds')

// Whatever ends us ends the servers too: they go with our own exit.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

const cores = twoCores()
if (cores) moveTo(cores.load)
print(sayMachine(cores))

const starts: number[] = []
for (let start = 0; start < 5; start += 1) starts.push(await secondsToFirstAnswer(cores?.servers))
print(`Start to first answer, in seconds: ${say(spreadOf(starts))}\n`)

const contestants = await startContestants(cores?.servers)
try {
  const columns = new Map<number, Results>()
  for (const connections of [10, 100])
    columns.set(connections, await runRounds(contestants, { rounds, seconds, connections }))
  print(
    `GET /private, ratio to the bare server in ${rounds} rounds of ${seconds} s: median (range)`,
  )
  print(sayTable(contestants, columns))
} finally {
  await Promise.all(contestants.map((contestant) => contestant.stop()))
}

function atLeastOne(name: 'rounds' | 'seconds'): number {
  const number = Number(values[name])
  if (Number.isInteger(number) && number > 0) return number
  throw new TypeError(`Cannot use --${name}: it is not a whole number above zero`)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
