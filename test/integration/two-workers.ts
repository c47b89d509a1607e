// A second module is loaded into each process: each worker says who it is, writes its name into its
// answers, and throws when a signal says so.
const module = `
import cluster from 'node:cluster'
import { subscribe } from 'node:diagnostics_channel'
import { isMainThread } from 'node:worker_threads'
if (cluster.isWorker && isMainThread) {
  process.stdout.write('worker ' + process.pid + '\\n')
  subscribe('http.server.request.start', ({ response }) => response.setHeader('x-worker', process.pid))
  process.on('SIGUSR2', () => { throw new TypeError('a mistake') })
}`

/** Settings of a server with two workers. */
export const twoWorkers = {
  WORKERS: '2',
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(module)}`,
}
