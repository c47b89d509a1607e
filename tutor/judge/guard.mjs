import { spawn } from 'node:child_process'
import { workerData } from 'node:worker_threads'

// A thread beside the exercise, which goes on when that loops forever. It ends the process and
// whatever it started, when the guide is gone or the memory of the machine is at stake.
// Plain JavaScript, since it must be up before any loader is.

const { guide, mostBytes, platform } = workerData
const onWindows = platform === 'win32'

const guarding = setInterval(() => {
  if (isThere() && process.memoryUsage.rss() < mostBytes) return
  clearInterval(guarding)
  endAll()
}, 50)

/** Whether the guide is there. Windows goes on to name a parent that has gone. */
function isThere() {
  if (!onWindows) return process.ppid === guide
  try {
    return process.kill(guide, 0)
  } catch {
    return false
  }
}

/** As in process-group.ts: Windows knows no groups, but trees. */
function endAll() {
  if (!onWindows) return process.kill(-process.pid, 'SIGKILL')
  const end = () => process.kill(process.pid, 'SIGKILL')
  const tree = ['/pid', `${process.pid}`, '/t', '/f']
  spawn('taskkill', tree, { stdio: 'ignore', windowsHide: true }).on('error', end).on('exit', end)
}
