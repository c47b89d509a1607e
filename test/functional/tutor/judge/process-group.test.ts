import { ChildProcess } from 'node:child_process'
import t from 'tap'
import { killGroup } from '../../../../tutor/judge/process-group.ts'

t.test('on Windows, which knows no groups, taskkill ends the tree', async (t) => {
  const child = Object.assign(new ChildProcess(), { pid: 123 })
  const killed = t.capture(child, 'kill')
  const taskkill = new ChildProcess()
  const typed: string[] = []
  const run = (program: string, args: string[]) => {
    typed.push([program, ...args].join(' '))
    return taskkill
  }
  killGroup(child, { platform: 'win32', run })
  t.same(typed, ['taskkill /pid 123 /t /f'])
  t.equal(killed().length, 0)
  taskkill.emit('error', new Error('ENOENT'))
  t.equal(killed().length, 1, 'and where there is none, at least the child ends')
})
