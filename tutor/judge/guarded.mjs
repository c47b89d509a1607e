import { Worker } from 'node:worker_threads'

// Imported by a program of node before anything else, so that the guard is up even when a loader
// hangs: node --import=guarded.mjs?guide=PID PROGRAM

const guide = Number(new URL(import.meta.url).searchParams.get('guide'))
const workerData = { guide, mostBytes: 2 ** 30, platform: process.platform }
new Worker(new URL('guard.mjs', import.meta.url), { workerData, execArgv: [] }).unref()
process.execve = undefined // where there is one, tsc would take the place of this process and its guard
