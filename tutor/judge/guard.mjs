import { workerData } from 'node:worker_threads'

// A thread beside the exercise, which goes on when that loops for ever. It ends the process and
// whatever it started, when the guide is gone or the memory of the machine is at stake.
// Plain JavaScript, since it must be up before any loader is.

const { guide, mostBytes } = workerData

setInterval(() => {
  if (process.ppid === guide && process.memoryUsage.rss() < mostBytes) return
  process.kill(-process.pid, 'SIGKILL')
}, 50)
