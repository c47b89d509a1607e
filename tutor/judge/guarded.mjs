import { Worker } from 'node:worker_threads'

// Imported by a program of node before anything else, so that the guard is up even when a loader
// hangs: node --import=guarded.mjs?guide=PID&mostMegabytes=1024 PROGRAM

const given = new URL(import.meta.url).searchParams
const guide = Number(given.get('guide'))
const mostBytes = Number(given.get('mostMegabytes')) * 2 ** 20
const workerData = { guide, mostBytes, platform: process.platform }
new Worker(new URL('guard.mjs', import.meta.url), { workerData, execArgv: [] }).unref()
process.execve = undefined // where there is one, tsc would take the place of this process and its guard
