import { monitorEventLoopDelay } from 'node:perf_hooks'
import { openStore } from '../../example/store/open.ts'
import { fill } from '../population.ts'

// Not a server, but what happens in one every minute: it forgets the sessions that have expired.
const count = Number(process.env.COUNT)
const store = await openStore(process.env.STORE_URL ?? '')
await fill(store, { count, lifetimeSeconds: 60, now: 0 })

const pauses = monitorEventLoopDelay({ resolution: 1 }) // looks every millisecond, and says when it was late
pauses.enable()
const start = performance.now()
const forgotten = await store.sweep(Math.floor(Date.now() / 1000))
const seconds = (performance.now() - start) / 1000
pauses.disable()
await store.close()

const longestPauseMilliseconds = pauses.max / 1e6
process.stdout.write(JSON.stringify({ forgotten, seconds, longestPauseMilliseconds }))
